import { maxFailures } from "#domains/accounts/auth/sign-in-attempts.service.ts";
import { type PasswordApp, startPasswordApp } from "#test/accounts/password-app.ts";

let app: PasswordApp;
beforeAll(async () => {
  app = await startPasswordApp();
  await app.firstAdmin();
});
afterAll(() => app[Symbol.asyncDispose]());
afterEach(() => app.deps.db.prisma.signInEvent.deleteMany());

const attempt = async (email: string, address: string, password = "wrong") =>
  (await app.post("/auth/sign-in/email", { email, password }, { "x-forwarded-for": address })).status;
const count = (statuses: number[], status: number): number => statuses.filter((each) => each === status).length;

test.each(["ada@studio.example", "nobody@studio.example"])(
  "the password of %s is guessed a few times only, from however many addresses, even at once",
  async (email) => {
    const tries = Array.from({ length: maxFailures.ofAccount + 5 }, (_, n) => attempt(email, `203.0.113.${n}`));
    const statuses = await Promise.all(tries);
    expect(count(statuses, 429)).toBeGreaterThanOrEqual(5);
    // Of those at once some, or all, were turned away: the others make up for them.
    for (let n = 100; (await attempt(email, `203.0.113.${n}`)) === 401; n++) statuses.push(401);
    expect(count(statuses, 401)).toBe(maxFailures.ofAccount);
    expect(await attempt(email, "203.0.113.99", "lanterns in the market")).toBe(429);
  },
);

test("an address guesses a few times only, of however many accounts", async () => {
  const statuses: number[] = [];
  for (let n = 0; n < maxFailures.ofAddress + 3; n++)
    statuses.push(await attempt(`somebody-${n}@studio.example`, "198.51.100.7"));
  expect(count(statuses, 401)).toBe(maxFailures.ofAddress);
  expect(count(statuses, 429)).toBe(3);
  // What was turned away fills no table.
  expect(await app.deps.db.prisma.signInEvent.count()).toBe(maxFailures.ofAddress);
  expect(await attempt("ada@studio.example", "198.51.100.8", "lanterns in the market")).toBe(200);
});

test("whoever is turned away is told when to come again", async () => {
  for (let n = 0; n < maxFailures.ofAccount; n++) await attempt("x@studio.example", "198.51.100.9");
  const response = await app.post("/auth/sign-in/email", { email: "X@studio.example", password: "x" });
  expect(response.status).toBe(429);
  expect(response.headers.get("retry-after")).toBe("900");
});

test("links are guessed a few times only as well", async () => {
  const look = async () =>
    (await app.post("/auth/links/look", { token: "guess" }, { "x-forwarded-for": "198.51.100.10" })).status;
  for (let n = 0; n < maxFailures.ofAddress; n++) expect(await look()).toBe(404);
  expect(await look()).toBe(429);
});
