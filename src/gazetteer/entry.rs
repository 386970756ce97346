//! What a row of the gazetteer says.

use crate::geometry::{Bbox, LonLat};

/// Names an entry within one gazetteer. Not stable across versions: keep [`Entry::key`] instead.
#[derive(Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Debug, Hash)]
pub struct EntryId(pub u32);

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Debug, Hash)]
        pub enum $name { $($(#[$item_doc])* $item,)* }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [$name] = &[$($name::$item),*];

            /// The word for it in data.
            pub fn word(self) -> &'static str {
                match self { $($name::$item => $word),* }
            }

            /// The one with this word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|item| item.word() == word)
            }
        }
    };
}

words! {
    /// What sort of place an entry is.
    Kind {
        /// A continent.
        Continent = "continent",
        /// A country or dependent territory.
        Country = "country",
        /// A first-level unit: state, oblast, province.
        Unit = "unit",
        /// A second-level unit: county, raion, department.
        District = "district",
        /// A city, town or village.
        City = "city",
        /// A part of a city.
        Quarter = "quarter",
        /// A region without an office: the Sahel, the Donbas.
        Region = "region",
        /// A sea, gulf, bay or ocean.
        Sea = "sea",
        /// A strait, channel or canal.
        Strait = "strait",
        /// A lake or reservoir.
        Lake = "lake",
        /// A river.
        River = "river",
        /// An island or group of islands.
        Island = "island",
        /// A mountain or range.
        Mountain = "mountain",
        /// A port.
        Port = "port",
        /// An airport.
        Airport = "airport",
        /// A military base.
        Base = "base",
        /// A building, plant, crossing or other facility.
        Building = "building",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// How a name stands to its entry.
    NameKind {
        /// The name in use in English.
        Usual = "usual",
        /// Another name in use, in any language.
        Alternate = "alternate",
        /// A name no longer in use.
        Former = "former",
        /// A short form such as "U.S." or "Calif.".
        Abbreviation = "abbreviation",
        /// A code such as "SVO" or "TX".
        Code = "code",
    }
}

/// The ground an entry covers, where it is more than a point.
#[derive(Clone, Debug, PartialEq)]
pub enum Extent {
    /// A box.
    Bbox(Bbox),
    /// Units (ISO 3166-2) or countries (ISO 3166-1 alpha-2) that make it up.
    Units(Vec<String>),
    /// A coarse outline, not closed.
    Polygon(Vec<LonLat>),
}

/// The stable key of an entry; most are a number, which is written out only where it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key<'g> {
    /// A GeoNames number: `gn:1871859`.
    GeoNames(u32),
    /// Any other: `iso:RU-KRS`.
    Other(&'g str),
}

impl std::fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Key::GeoNames(number) => write!(f, "gn:{number}"),
            Key::Other(key) => f.write_str(key),
        }
    }
}

/// A row of the gazetteer.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'g> {
    /// Its place in this gazetteer.
    pub id: EntryId,
    /// Its stable key: `gn:1871859`, `iso:RU-KRS`, `dl:sea-of-japan`, `port:KPWON`, `iata:SVO`.
    pub key: Key<'g>,
    /// What sort of place it is.
    pub kind: Kind,
    /// Its usual name in English.
    pub name: &'g str,
    /// Its position: of a country or unit the point that gazetteers give.
    pub position: LonLat,
    /// ISO 3166-1 alpha-2 code of its country.
    pub country: Option<&'g str>,
    /// The first-level unit it lies in.
    pub unit: Option<EntryId>,
    /// The second-level unit it lies in.
    pub district: Option<EntryId>,
    /// Inhabitants; 0 where unknown.
    pub population: u32,
    /// GeoNames feature code (`PPLC`, `PPLA`, `ADM1`) or empty.
    pub feature: &'g str,
    /// The box around it, where it is more than a point.
    pub bbox: Option<Bbox>,
    /// The ground it covers, for seas, regions and the like.
    pub extent: Option<Extent>,
}

/// One meaning of a name.
#[derive(Copy, Clone, Eq, PartialEq, Debug)]
pub struct Found {
    /// The entry that bears the name.
    pub entry: EntryId,
    /// How the name stands to the entry.
    pub name_kind: NameKind,
    /// 0 for the best known names of the entry, up to 4 for names in other scripts. Of an abbreviation:
    /// 0 written in capitals only ("L.A."), 1 with small letters ("La."), 2 both.
    pub rank: u8,
}

/// Reads `bbox:w s e n`, `units:A B C` or `polygon:lon lat, lon lat`.
pub(super) fn parse_extent(text: &str) -> Option<Extent> {
    let (sort, rest) = text.split_once(':')?;
    let numbers = |text: &str| text.split_whitespace().map(|n| n.parse().ok()).collect::<Option<Vec<f64>>>();
    match sort {
        "bbox" => {
            let [west, south, east, north] = numbers(rest)?.try_into().ok()?;
            Some(Extent::Bbox(Bbox { west, south, east, north }))
        }
        "units" => Some(Extent::Units(rest.split_whitespace().map(str::to_owned).collect())),
        "polygon" => rest
            .split(',')
            .map(|point| match numbers(point)?[..] {
                [lon, lat] => Some(LonLat { lon, lat }),
                _ => None,
            })
            .collect::<Option<Vec<_>>>()
            .map(Extent::Polygon),
        _ => None,
    }
}
