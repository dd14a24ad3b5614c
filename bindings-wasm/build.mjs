// Builds what the package ships beside js/: the engine with and without the lexicon, and the first as one JavaScript
// file. `npm run build` from a clean clone; cargo, the wasm32 target and `npm ci` are all it needs.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));
const TARGET = "wasm32-unknown-unknown";
const ENGINES = {
  full: { profile: "wasm", features: ["--features", "lexicon"] },
  slim: { profile: "wasm-slim", features: [] },
};

// Every browser since 2023 has these; wasm-opt must be told of each.
const FEATURES = ["simd", "bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"];
// What the compiler did not inline is better left so: inlined here it made reviews a tenth slower. Cutting the data where
// it is zero made it larger in gzip.
const SKIPPED = ["inlining-optimizing", "memory-packing"];
// What is inlined less weighs a twentieth less and costs a review as much.
const FLAGS = "-C target-feature=+simd128 -C llvm-args=-inline-threshold=40";
const env = { ...process.env, RUSTFLAGS: `${process.env.RUSTFLAGS ?? ""} ${FLAGS}`.trim() };

const run = (program, ...args) => execFileSync(program, args, { cwd: here, stdio: ["ignore", "inherit", "inherit"] });

/** Where cargo puts what it builds. */
function targetFolder() {
  const metadata = execFileSync("cargo", ["metadata", "--no-deps", "--format-version=1"], { cwd: here, maxBuffer: 1 << 26 });
  return JSON.parse(metadata).target_directory;
}

/** Adds the compiler's wasm target where it is missing, or says how to. */
function ensureTarget() {
  const libraries = execFileSync("rustc", ["--print", "target-libdir", "--target", TARGET], { encoding: "utf8" }).trim();
  if (existsSync(libraries)) return;
  try {
    run("rustup", "target", "add", TARGET);
  } catch {
    console.error(`The Rust target ${TARGET} is missing and could not be added: rustup target add ${TARGET}`);
    process.exit(1);
  }
}

ensureTarget();
const target = targetFolder();
rmSync(`${here}dist`, { recursive: true, force: true });
for (const [name, { profile, features }] of Object.entries(ENGINES)) {
  const folder = `${here}dist/${name}`;
  mkdirSync(folder, { recursive: true });
  const build = ["build", "--quiet", "--profile", profile, "--target", TARGET, "-p", "baguan-wasm", "--no-default-features", ...features];
  execFileSync("cargo", build, { cwd: here, env, stdio: ["ignore", "inherit", "inherit"] });
  run("cargo", "run", "--quiet", "-p", "baguan-wasm-xtask", "--", `${target}/${TARGET}/${profile}/baguan_wasm.wasm`, folder);
  const wasm = `${folder}/engine_bg.wasm`;
  const enabled = FEATURES.map((feature) => `--enable-${feature}`);
  const skipped = SKIPPED.map((pass) => `--skip-pass=${pass}`);
  const options = ["-O2", ...enabled, ...skipped, "--strip-debug", "--strip-producers"];
  run("node", "node_modules/binaryen/bin/wasm-opt", ...options, wasm, "-o", wasm);
  const bytes = readFileSync(wasm);
  const packed = gzipSync(bytes, { level: 9 });
  if (name === "full") {
    writeFileSync(`${folder}/inline.js`, `export default "${packed.toString("base64")}";\n`);
  }
  console.log(`${name}: ${bytes.length} bytes, ${packed.length} in gzip`);
}
