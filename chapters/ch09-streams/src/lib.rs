//! Chapter 9: streams of bytes, on the public API of `ch06-tasks`; and behind other
//! people's traits, so that their crates run on this runtime.
//!
//! Invariant: no byte is lost between layers. What was read from a socket and not handed
//! out stays in a buffer that outlives the read that fetched it.

mod tcp;
mod adapters;

pub use adapters::{HyperExecutor, HyperIo, HyperTimer};
pub use tcp::{OwnedReadHalf, OwnedWriteHalf, TcpListener, TcpStream};
