import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApp } from "@callsheet/server/app/create-app.ts";
import { readConfig } from "@callsheet/server/app/config.ts";
import { addMachine } from "@callsheet/server/domains/machines/machines.service.ts";
