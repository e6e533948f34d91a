//! What both front ends know of the machine that they run on: files, and the date.
//!
//! | module | what it knows |
//! |---|---|
//! | `read` | files to text, or a clear error |
//! | `paths` | paths as settings and reports have them |
//! | `settings` | settings with all that they build on |
//! | `wire` | wire copy that drafts are compared with |

mod paths;
pub(crate) mod read;
pub(crate) mod settings;
pub(crate) mod wire;

pub(crate) use paths::{absolute, is_beside_drafts, name, shown};

use jiff::civil::Date;
use jiff::tz::TimeZone;

/// What "today" is, unless `--date` says: the date where the machine stands, in UTC if it does not know where that is.
pub(crate) fn today() -> Date {
    let zone = TimeZone::try_system().unwrap_or(TimeZone::UTC);
    jiff::Timestamp::now().to_zoned(zone).date()
}
