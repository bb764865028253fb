#!/usr/bin/env node
import "../../scripts/callsheet.mjs";
