"""An outside credit (芝麻信用 and the like) that stands for a reader's deposit: asked, watched, ended."""
