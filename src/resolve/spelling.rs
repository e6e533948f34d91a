//! Spellings of one name: letters without accents, and given names with what people call their bearers.

use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Lower case without accents; borrows where there is nothing to do.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for ch in text.chars().flat_map(char::to_lowercase) {
        match plain(ch) {
            Some(plain) => out.push_str(plain),
            None => out.push(ch),
        }
    }
    Cow::Owned(out)
}

/// Latin letters without their marks, ligatures in letters; combining marks, apostrophes and soft hyphens vanish.
fn plain(ch: char) -> Option<&'static str> {
    Some(match ch {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ậ' => {
            "a"
        }
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ế' | 'ề' | 'ệ' | 'ễ' => {
            "e"
        }
        'ğ' | 'ģ' | 'ĝ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' | 'ị' => "i",
        'ķ' => "k",
        'ł' | 'ļ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' | 'ơ' | 'ộ' | 'ồ' | 'ọ' => "o",
        'ŕ' | 'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' | 'ŝ' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ' | 'ữ' => "u",
        'ý' | 'ÿ' | 'ỳ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        '\u{AD}' | '\u{300}'..='\u{36F}' | '\'' | '\u{2019}' | '\u{2018}' | '\u{2BC}' => "",
        _ => return None,
    })
}

/// Given names and what people with that name are called. The long form first.
const NICKNAMES: &[&str] = &[
    "william bill billy will willie",
    "robert bob bobby rob robbie",
    "james jim jimmy jamie",
    "joseph joe joey",
    "michael mike mick mickey",
    "richard rick dick ricky rich",
    "edward ed eddie ted teddy",
    "thomas tom tommy",
    "charles charlie chuck chas",
    "john jack johnny jon",
    "daniel dan danny",
    "david dave",
    "stephen steve",
    "steven steve",
    "anthony tony",
    "christopher chris kit",
    "matthew matt",
    "patrick pat paddy",
    "andrew andy drew",
    "nicholas nick",
    "benjamin ben benny",
    "bernard bernie",
    "timothy tim",
    "gregory greg",
    "ronald ron ronnie",
    "donald don donny",
    "kenneth ken kenny",
    "lawrence larry",
    "gerald gerry jerry",
    "jeffrey jeff",
    "geoffrey geoff",
    "raymond ray",
    "samuel sam",
    "alexander alex sasha",
    "albert al bert",
    "alan al",
    "francis frank",
    "franklin frank",
    "frederick fred freddie",
    "peter pete",
    "philip phil",
    "phillip phil",
    "theodore ted teddy theo",
    "walter walt",
    "henry harry hank",
    "harold hal harry",
    "leonard len lenny leo",
    "louis lou",
    "martin marty",
    "nathaniel nate",
    "nathan nate",
    "randall randy",
    "russell russ",
    "terence terry",
    "vincent vince",
    "zachary zach zack",
    "elizabeth liz beth betty betsy lisa eliza",
    "margaret maggie peggy meg",
    "katherine kate kathy katie",
    "kathleen kathy kate",
    "catherine cathy kate cate",
    "patricia pat patty trish",
    "barbara barb",
    "deborah deb debbie",
    "susan sue susie",
    "jennifer jen jenny",
    "jessica jess",
    "rebecca becky",
    "victoria vicky tori",
    "christine chris tina",
    "christina chris tina",
    "cynthia cindy",
    "dorothy dot",
    "judith judy",
    "pamela pam",
    "sandra sandy",
    "theresa terry tess",
    "virginia ginny",
    "abigail abby",
    "amanda mandy",
    "jacqueline jackie",
    "madeleine maddie",
    "kimberly kim",
    "antonio tony",
    "mitchell mitch",
    "bradley brad",
    "douglas doug",
    "clifford cliff",
    "eugene gene",
    "mohammed mo",
    "vladimir volodya",
    "dmitri dima",
    "rafael rafa",
];

/// Whether two given names in lower case can be one person's.
pub(crate) fn same_nickname(a: &str, b: &str) -> bool {
    static LINES: LazyLock<FxHashMap<&str, Vec<usize>>> = LazyLock::new(|| {
        let mut lines: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (number, line) in NICKNAMES.iter().enumerate() {
            line.split(' ').for_each(|name| lines.entry(name).or_default().push(number));
        }
        lines
    });
    LINES.get(a).zip(LINES.get(b)).is_some_and(|(a, b)| a.iter().any(|line| b.contains(line)))
}
