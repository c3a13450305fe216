//! What the chapter promises, in one binary: it links in a third of the time of twelve.

mod loops;
mod tasks;
mod threads;
mod timers;
mod promises;
mod sockets;
mod faults;
mod cancels;
mod aborts;
mod runtimes;
mod reentry;
mod real_clock;
mod twins;
mod oracle;
