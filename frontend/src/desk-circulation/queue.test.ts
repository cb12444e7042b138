import { expect, test } from "vitest";

import { HeldError, ScanQueue, type Parcel, type Store } from "./queue";

class Drawer implements Store {
  readonly kept = new Map<string, string>();
  get length(): number {
    return this.kept.size;
  }
  key = (place: number): string | null => [...this.kept.keys()][place] ?? null;
  getItem = (name: string): string | null => this.kept.get(name) ?? null;
  setItem = (name: string, value: string): void => void this.kept.set(name, value);
  removeItem = (name: string): void => void this.kept.delete(name);
}

interface Setting {
  queue: ScanQueue<string>;
  drawer: Drawer;
  sent: Parcel[];
  states: string[];
  answers: string[];
  retries: (() => void)[];
}

function setUp(send: (parcel: Parcel) => Promise<string>, drawer = new Drawer(), looksFirst = (_: string): boolean => false): Setting {
  const setting = { drawer, sent: [], states: [], answers: [], retries: [] } as unknown as Setting;
  setting.queue = new ScanQueue<string>({
    store: drawer,
    prefix: "scan.7.",
    send: (parcel) => {
      setting.sent.push(JSON.parse(JSON.stringify(parcel)) as Parcel);
      return send(parcel);
    },
    prepare: (parcel) => void (parcel.body["reader"] = `reader of ${setting.answers.length}`),
    onState: (parcel, state) => void setting.states.push(`${parcel.key} ${state}`),
    onAnswer: (_, answer) => (setting.answers.push(answer), looksFirst(answer)),
    later: (run) => void setting.retries.push(run),
  });
  return setting;
}

const scan = (key: string): Parcel => ({ key, kind: "scan", body: { code: key }, sent: false });
const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 5));

test("scans made while one is under way are sent in their order, one at a time", async () => {
  let underWay = 0;
  let most = 0;
  const { queue, sent, drawer } = setUp(async (parcel) => {
    most = Math.max(most, (underWay += 1));
    await settle();
    underWay -= 1;
    return parcel.key;
  });

  ["1", "2", "3"].forEach((key) => queue.add(scan(key)));
  await new Promise((done) => setTimeout(done, 60));

  expect(sent.map((parcel) => parcel.key)).toEqual(["1", "2", "3"]);
  expect(most).toBe(1);
  expect(drawer.kept.size).toBe(0);
});

test("the reader is the one in the panel when the scan first leaves", async () => {
  const { queue, sent } = setUp((parcel) => Promise.resolve(parcel.key));

  ["1", "2"].forEach((key) => queue.add(scan(key)));
  await settle();

  expect(sent.map((parcel) => parcel.body["reader"])).toEqual(["reader of 0", "reader of 1"]);
});

test("a scan whose answer did not come is sent again, the same to the letter, before those behind it", async () => {
  let faults = 1;
  const { queue, sent, retries, answers } = setUp((parcel) => (faults-- > 0 ? Promise.reject(new Error("line")) : Promise.resolve(parcel.key)));

  ["1", "2"].forEach((key) => queue.add(scan(key)));
  await settle();
  expect(answers).toEqual([]);
  retries.forEach((run) => run());
  await settle();

  expect(sent.map((parcel) => parcel.key)).toEqual(["1", "1", "2"]);
  expect(sent[1]?.body).toEqual(sent[0]?.body);
  expect(answers).toEqual(["1", "2"]);
});

test("a reload finds every scan that was not answered, in order, and sends it with its key", async () => {
  const never = setUp(() => new Promise<string>(() => undefined));
  ["0197-b", "0197-a"].forEach((key) => never.queue.add(scan(key)));
  never.drawer.setItem("scan.8.0197-z", JSON.stringify(scan("of another")));

  const after = setUp((parcel) => Promise.resolve(parcel.key), never.drawer);
  after.queue.restore();
  after.queue.go();
  await settle();

  expect(after.answers).toEqual(["0197-a", "0197-b"]);
  expect([...never.drawer.kept.keys()]).toEqual(["scan.8.0197-z"]);
});

test("a locked desk keeps its scans and goes on when somebody has signed in", async () => {
  let locked = true;
  const { queue, states, answers } = setUp((parcel) => (locked ? Promise.reject(new HeldError()) : Promise.resolve(parcel.key)));

  queue.add(scan("1"));
  await settle();
  queue.add(scan("2"));
  await settle();
  expect(states).toEqual(["1 waiting", "1 sending", "1 held", "2 waiting"]);
  locked = false;
  queue.go();
  await settle();

  expect(answers).toEqual(["1", "2"]);
});

test("what stands behind an unknown card waits until somebody has looked, and can be left out", async () => {
  const { queue, answers } = setUp((parcel) => settle().then(() => parcel.key), new Drawer(), (answer) => answer === "1");

  ["1", "2", "3"].forEach((key) => queue.add(scan(key)));
  await new Promise((done) => setTimeout(done, 30));
  expect([answers, queue.isPaused, queue.waiting]).toEqual([["1"], true, 2]);

  expect(queue.drop("2")).toBe(true);
  queue.go();
  await new Promise((done) => setTimeout(done, 30));
  expect(answers).toEqual(["1", "3"]);
});
