//! Clocks and units.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// The median times of several engines, taken in turn, so that all have their share of what else the machine does.
pub(crate) fn medians(rounds: usize, engines: &[&dyn Fn() -> usize]) -> Vec<Duration> {
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); engines.len()];
    for _ in 0..rounds {
        for (engine, times) in engines.iter().zip(&mut times) {
            times.push(time(engine));
        }
    }
    times.into_iter().map(|times| quantile(times, 0.5)).collect()
}

/// How long one run takes.
pub(crate) fn time(engine: &dyn Fn() -> usize) -> Duration {
    let start = Instant::now();
    black_box(engine());
    start.elapsed()
}

/// The time below which that share of all lies.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a place in a short list"
)]
pub(crate) fn quantile(mut times: Vec<Duration>, share: f64) -> Duration {
    times.sort();
    times[((times.len() - 1) as f64 * share).round() as usize]
}

#[expect(clippy::cast_precision_loss, reason = "sizes far below 2^52")]
pub(crate) fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// Megabytes a second.
pub(crate) fn speed(bytes: usize, time: Duration) -> f64 {
    megabytes(bytes) / time.as_secs_f64()
}

/// Nanoseconds a byte.
pub(crate) fn cost(bytes: usize, time: Duration) -> f64 {
    1e3 * time.as_secs_f64() / megabytes(bytes)
}
