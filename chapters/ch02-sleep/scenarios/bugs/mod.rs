//! Bugs of the gallery that this chapter can show, each with its fix.

pub(crate) mod stubborn_fixed;
