//! `baguan-wasm-xtask INPUT.wasm FOLDER`: the module and its JavaScript for the web, as the wasm-bindgen command would
//! write them, from the library of the same version that Cargo.lock pins.

use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

#[expect(clippy::print_stderr, reason = "a build program says why it stopped")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, folder] = arguments.as_slice() else {
        eprintln!("usage: baguan-wasm-xtask INPUT.wasm FOLDER");
        return ExitCode::from(2);
    };
    let mut bindgen = Bindgen::new();
    let written = bindgen
        .input_path(input)
        .out_name("engine")
        .typescript(false)
        .web(true)
        .and_then(|bindgen| bindgen.generate(folder));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
