//! The standard rules of `baguan`: TOML rules and TSV lists, as text.

include!(concat!(env!("OUT_DIR"), "/files.rs"));
