import { once } from "node:events";
import { createServer } from "node:net";
import { checkPorts } from "#app/start/ports.ts";

async function listenSomewhere(host: string): Promise<AsyncDisposable & { port: number }> {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return { port, [Symbol.asyncDispose]: async () => void (await once(server.close(), "close")) };
}

test("a taken port is one line that names the port, who has it and how to choose another", async () => {
  await using taken = await listenSomewhere("127.0.0.1");
  const check = checkPorts([{ purpose: "API", port: taken.port, variable: "PORT" }], "127.0.0.1");
  await expect(check).rejects.toThrow(
    new RegExp(`^Port ${taken.port} \\(API\\) is taken.*PORT=${taken.port + 10} npm start$`),
  );
  if (process.platform === "linux") await expect(check).rejects.toThrow(`(process ${process.pid})`);
});

test("a port is taken too when somebody listens on every address", async () => {
  await using taken = await listenSomewhere("0.0.0.0");
  await expect(checkPorts([{ purpose: "API", port: taken.port, variable: "PORT" }], "127.0.0.1")).rejects.toThrow(
    "is taken",
  );
});

test("every taken port is listed", async () => {
  await using first = await listenSomewhere("127.0.0.1");
  await using second = await listenSomewhere("127.0.0.1");
  const wanted = [
    { purpose: "API", port: first.port, variable: "PORT" },
    { purpose: "web client", port: second.port, variable: "WEB_PORT" },
  ];
  await expect(checkPorts(wanted, "127.0.0.1")).rejects.toThrow(/\(API\)[^]*\(web client\)/);
});

test("one port for two purposes is refused", async () => {
  const free = await listenSomewhere("127.0.0.1");
  await free[Symbol.asyncDispose]();
  const wanted = [
    { purpose: "API", port: free.port, variable: "PORT" },
    { purpose: "web client", port: free.port, variable: "WEB_PORT" },
  ];
  await expect(checkPorts(wanted, "127.0.0.1")).rejects.toThrow("wanted by both API and web client");
});
