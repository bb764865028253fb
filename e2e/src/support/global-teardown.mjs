import { mkdir, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const artefacts = fileURLToPath(new URL("../../screenshots", import.meta.url));

/** Ends the product as Ctrl-C does, and fails when anything of it is left. */
export default async function tearDown() {
  const product = globalThis.callsheetProduct;
  if (!product) return;
  const { child, stateDir, ports } = product;
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((done) => child.once("exit", done));
    child.kill("SIGINT");
    await ended;
  }
  const left = [];
  for (const port of ports) if (await isOpen(port)) left.push(port);
  await rm(stateDir, { recursive: true, force: true });
  await mkdir(artefacts, { recursive: true });
  await writeFile(join(artefacts, "product.log"), product.output);
  if (child.exitCode !== 0)
    throw new Error(`The product ended with ${child.signalCode ?? child.exitCode}:\n${product.output}`);
  if (left.length > 0) throw new Error(`Something still listens on ${left.join(" and ")} after the product has ended.`);
}

function isOpen(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
