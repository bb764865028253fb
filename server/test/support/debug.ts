import { startTestPostgres } from "#test/support/postgres.ts";
import pg from "pg";
const s = await startTestPostgres("/work/main/prisma/migrations", { durable: true });
const pool = new pg.Pool({ connectionString: s.url, max: 2 });
const relaxed = new pg.Pool({ connectionString: s.url, max: 2, options: "-c synchronous_commit=off" });
await pool.query("create table if not exists t(id int primary key, v int)"); await pool.query("insert into t values (1,1) on conflict do nothing");
const med = (a: number[]) => a.toSorted((x, y) => x - y)[a.length >> 1]!.toFixed(3);
for (const [n, f] of [["select", () => pool.query({ name: "a", text: "select $1::int", values: [1] })], ["sync", () => pool.query({ name: "b", text: "update t set v=v+1 where id=$1", values: [1] })], ["relaxed", () => relaxed.query({ name: "b", text: "update t set v=v+1 where id=$1", values: [1] })]] as const) {
  const t: number[] = []; for (let i = 0; i < 300; i++) { const b = performance.now(); await f(); t.push(performance.now() - b); await new Promise((r) => setTimeout(r, 3)); } console.log(n, med(t));
}
await pool.end(); await relaxed.end(); await s.stop();
