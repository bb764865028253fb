import { mkdir, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const artefacts = fileURLToPath(new URL("../../screenshots", import.meta.url));

/** Ends the products as Ctrl-C does, and fails when anything of them is left. */
export default async function tearDown() {
  const products = globalThis.callsheetProducts ?? [];
  await mkdir(artefacts, { recursive: true });
  const troubles = await Promise.all(products.map(stop));
  const found = troubles.filter(Boolean);
  if (found.length > 0) throw new Error(found.join("\n"));
}

/** @returns what is wrong with its end, if anything */
async function stop(product, index) {
  const { child, stateDir, ports } = product;
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((done) => child.once("exit", done));
    child.kill("SIGINT");
    await ended;
  }
  const left = [];
  for (const port of ports) if (await isOpen(port)) left.push(port);
  await rm(stateDir, { recursive: true, force: true });
  await writeFile(join(artefacts, `product-${index + 1}.log`), product.output);
  if (child.exitCode !== 0) return `The product ended with ${child.signalCode ?? child.exitCode}:\n${product.output}`;
  return left.length > 0 && `Something still listens on ${left.join(" and ")} after the product has ended.`;
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
