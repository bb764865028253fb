export default async function tearDown() {
  await globalThis.callsheetTestPostgres?.stop();
}
