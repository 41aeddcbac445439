/**
 * Node's flags for a process that is gone after a minute: V8 optimizes the embedded database's wasm later, at fifty times its budget. A start of the server takes 3.8 instead of
 * 5.0 s of processor time, one test of runs 16 instead of 20 s, and the tests of networks, whose kernels reach that budget in no time, as much as without.
 */
export const SHORT_LIVED = ["--wasm-tiering-budget=90000000"];
