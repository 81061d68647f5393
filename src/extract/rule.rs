//! What a rule is: a stable id, and what it says. One place for both, so that `RULES.md` cannot say anything else than the code.

/// A rule of extraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleText {
    /// Stable id, `date.leap-day`: what evidence names.
    pub id: &'static str,
    /// What the value follows from, in one sentence.
    pub says: &'static str,
}

/// Makes an enum of rules out of their documentation and ids.
macro_rules! rules {
    ($(#[$about:meta])* $name:ident { $(#[doc = $says:literal] $rule:ident = $id:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(in crate::extract) enum $name {
            $(#[doc = $says] $rule,)+
        }

        impl $name {
            /// Every rule with what it says, in order.
            pub const ALL: &[$crate::extract::rule::RuleText] = &[$($crate::extract::rule::RuleText { id: $id, says: $says.trim_ascii() },)+];

            /// The stable id.
            pub fn id(self) -> &'static str {
                match self {
                    $($name::$rule => $id,)+
                }
            }
        }
    };
}

pub(super) use rules;
