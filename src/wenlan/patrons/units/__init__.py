"""To which school or employer (单位) a reader belongs, and to which class or department (班级) of it."""
