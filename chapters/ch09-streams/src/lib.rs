//! Chapter 9: streams of bytes, on the public API of `ch06-tasks`; and behind other
//! people's traits, so that their crates run on this runtime.
//!
//! Invariant: no byte is lost between layers. What was read from a socket and not handed
//! out stays in a buffer that outlives the read that fetched it; what was written and not
//! sent stays in one that outlives the write.
//!
//! Reading order: a connection and its halves; a stream in memory; what reads; what
//! writes; a server; the end of a scope; hyper's traits.

#![expect(clippy::must_use_candidate, reason = "most of what answers here also acts")]

mod tcp;
mod memory;
mod reader;
mod ends;
mod writer;
mod serve;
mod scope;
mod adapters;

pub use adapters::{HyperExecutor, HyperIo, HyperTimer};
pub use ends::ReadError;
pub use memory::{DuplexStream, duplex};
pub use reader::BufReader;
pub use scope::finally;
pub use serve::{Served, Server, serve};
pub use tcp::{OwnedReadHalf, OwnedWriteHalf, TcpListener, TcpStream};
pub use writer::{StreamWriter, TryWrite, write_all};
