//! Suppressions that answer nothing, or cannot be read. What they answer only the engine knows, which
//! reports these findings when all other rules have spoken.

use serde::Deserialize;

use super::{Check, Cx};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnusedSuppression {}

impl Check for UnusedSuppression {
    fn note(&self, _: &mut Cx<'_>) {}
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BadSuppression {
    /// Whether each comment must say why.
    #[expect(dead_code, reason = "read by the engine, from the parameters of the rule")]
    reason: bool,
}

impl Check for BadSuppression {
    fn note(&self, _: &mut Cx<'_>) {}
}
