import { describe, expect, it } from "vitest";

import { age, documentFault, masked, stated } from "./identity";

describe("a document looked at without a line", () => {
  it("knows birth and sex by an identity number, and a mistyped one by its check digit or date", () => {
    expect(stated("140524196203154824")).toEqual({ born: "1962-03-15", sex: "f" });
    expect(stated("11010519491231002X")).toEqual({ born: "1949-12-31", sex: "f" });
    expect([stated("140524196203154825"), stated("140524196202304829"), stated("14052419620315482")]).toEqual([null, null, null]);
  });

  it("says what is wrong with a number of each kind", () => {
    expect(documentFault("citizen", "")).toBe("");
    expect(documentFault("citizen", "140524620315482")).toBe("id_old");
    expect(documentFault("citizen", "140524196203154825")).toBe("id_wrong");
    expect(documentFault("passport", "E12345678")).toBe("");
    expect(documentFault("hk_macau_permit", "X12345678")).toBe("document_wrong");
  });

  it("counts completed years, and masks a name as the server does", () => {
    expect([age("2010-03-05", "2024-03-04"), age("2010-03-04", "2024-03-04"), age("2030-01-01", "2024-03-04"), age("", "2024-03-04")]).toEqual([13, 14, null, null]);
    expect([masked("秦桂花"), masked("Li Ming")]).toEqual(["秦**", "L* M***"]);
  });
});
