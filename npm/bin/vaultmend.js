#!/usr/bin/env node
// Runs the program for this platform: it is in a package of its own, an optional dependency of this
// one. Nothing is downloaded, and no script runs when the package is installed.
"use strict";

const { spawnSync } = require("node:child_process");

const platform = `${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "vaultmend.exe" : "vaultmend";

function program() {
  try {
    return require.resolve(`@vaultmend/${platform}/bin/${file}`);
  } catch {
    console.error(
      `vaultmend: there is no package @vaultmend/${platform}\n` +
        "  help: was it left out by --omit=optional or --no-optional? else there is no program for this platform:\n" +
        "        cargo install vaultmend",
    );
    process.exit(2);
  }
}

const { status, signal, error } = spawnSync(program(), process.argv.slice(2), { stdio: "inherit" });
if (error) {
  console.error(`vaultmend: ${error.message}`);
  process.exit(2);
}
if (signal) process.kill(process.pid, signal);
process.exit(status ?? 2);
