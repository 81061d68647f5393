#![no_main]
#[path = "../targets.rs"]
mod targets;

// Its parser panics, and is caught: only what is not caught is a finding.
libfuzzer_sys::fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| targets::pdf(bytes));
