//! What the suite and the fuzz targets share.

pub mod laws;
