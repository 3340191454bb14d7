//! The password for `--user`: from EBB_PASSWORD, or asked on the terminal; never an argument.

use std::env::VarError;

use super::wrong::Wrong;
use crate::queue::Credentials;
use crate::words::clean::clean;
use crate::words::{Language, key, say};

const OPTION: &str = "--user";

/// Checks the name that was given.
pub fn check_user(user: &str) -> Result<(), Wrong> {
    if user.is_empty() {
        return Err(Wrong::Option(OPTION, key!("user-empty")));
    }
    // Basic authentication has no user with a colon: this is curl's `user:password`.
    if user.contains(':') {
        return Err(Wrong::Option(OPTION, key!("user-with-password")));
    }
    Ok(())
}

/// Finds the password of a user; asks only if the variable does not say.
pub fn find(user: String, language: Language) -> Result<Credentials, Wrong> {
    let password = match std::env::var("EBB_PASSWORD") {
        Ok(password) => password,
        Err(VarError::NotUnicode(_)) => {
            return Err(Wrong::Option(OPTION, key!("password-not-text")));
        }
        Err(VarError::NotPresent) => ask(&user, language)?,
    };
    Ok(Credentials { user, password })
}

fn ask(user: &str, language: Language) -> Result<String, Wrong> {
    let prompt = say!(language, "password-prompt", user = clean(user));
    rpassword::prompt_password(format!("{prompt} "))
        .map_err(|_| Wrong::Option(OPTION, key!("no-terminal-for-password")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_no_argument() {
        assert_eq!(check_user("ann"), Ok(()));
        assert_eq!(check_user("ann@example.org"), Ok(()));
        assert_eq!(
            check_user(""),
            Err(Wrong::Option(OPTION, key!("user-empty")))
        );
        assert_eq!(
            check_user("ann:pw"),
            Err(Wrong::Option(OPTION, key!("user-with-password")))
        );
    }
}
