// Makes the npm packages: `vaultmend`, and one for each platform that a program is given for.
//
//   node npm/build.mjs FOLDER [PLATFORM=PROGRAM]...
//
// The folder is laid out as a `node_modules`. The version is that of Cargo.toml.
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// On Linux the program is linked statically, so one package does for every libc.
const PLATFORMS = ["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64", "win32-x64"];

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const version = /^version = "(.+)"$/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))[1];
const { name, description, license, homepage, repository, ...own } = JSON.parse(
  readFileSync(join(here, "package.json"), "utf8"),
);

const LICENCES = ["LICENSE-APACHE", "LICENSE-MIT", "src/language/lexicon/NOTICE"];

function save(folder, manifest) {
  for (const licence of LICENCES) copyFileSync(join(root, licence), join(folder, basename(licence)));
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

const [out, ...programs] = process.argv.slice(2);
if (!out) throw new Error("usage: node npm/build.mjs FOLDER [PLATFORM=PROGRAM]...");

const wrapper = join(out, name);
mkdirSync(wrapper, { recursive: true });
cpSync(join(here, "bin"), join(wrapper, "bin"), { recursive: true });
copyFileSync(join(here, "README.md"), join(wrapper, "README.md"));
const optionalDependencies = Object.fromEntries(PLATFORMS.map((platform) => [`@vaultmend/${platform}`, version]));
const files = ["bin", "README.md", ...LICENCES.map((licence) => basename(licence))];
save(wrapper, { name, version, description, license, homepage, repository, ...own, files, optionalDependencies });

for (const given of programs) {
  const [platform, ...rest] = given.split("=");
  if (!PLATFORMS.includes(platform)) throw new Error(`no platform: ${platform}; one of: ${PLATFORMS.join(", ")}`);
  const [os, cpu] = platform.split("-");
  const folder = join(out, "@vaultmend", platform);
  const program = join(folder, "bin", os === "win32" ? "vaultmend.exe" : "vaultmend");
  mkdirSync(dirname(program), { recursive: true });
  copyFileSync(rest.join("="), program);
  chmodSync(program, 0o755);
  save(folder, {
    name: `@vaultmend/${platform}`,
    version,
    description: `vaultmend for ${platform}`,
    license,
    homepage,
    repository,
    files: ["bin", ...LICENCES.map((licence) => basename(licence))],
    os: [os],
    cpu: [cpu],
    preferUnplugged: true,
  });
}
