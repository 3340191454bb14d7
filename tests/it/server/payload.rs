//! What the served files are made of: bytes that can be made at any place, and never repeat.
//!
//! Byte `i` belongs to the word `i / 8` of a splitmix64 stream, so a file of many gigabytes costs no
//! memory, and a block that was written twice, or at the wrong place, is never mistaken for the right one.

use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::Path;

use sha2::Digest;

/// One file's bytes, known from two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payload {
    pub seed: u64,
    pub len: u64,
}

impl Payload {
    pub const fn new(seed: u64, len: u64) -> Self {
        Self { seed, len }
    }

    /// Fills `out` with the bytes from `offset` on, also beyond `len`: surplus is needed too.
    pub fn fill(self, offset: u64, mut out: &mut [u8]) {
        let mut at = offset;
        while !out.is_empty() {
            let word = word(self.seed, at / 8).to_le_bytes();
            let from = (at % 8) as usize;
            let n = (8 - from).min(out.len());
            let (now, rest) = out.split_at_mut(n);
            now.copy_from_slice(&word[from..from + n]);
            at += n as u64;
            out = rest;
        }
    }

    pub fn bytes(self, range: Range<u64>) -> Vec<u8> {
        let mut bytes = vec![0; (range.end - range.start) as usize];
        self.fill(range.start, &mut bytes);
        bytes
    }

    /// All of it; for small files.
    pub fn all(self) -> Vec<u8> {
        self.bytes(0..self.len)
    }

    pub fn digest<D: Digest>(self) -> Vec<u8> {
        let mut digest = D::new();
        self.each_block(|block| digest.update(block));
        digest.finalize().to_vec()
    }

    pub fn sha256(self) -> String {
        data_encoding::HEXLOWER.encode(&self.digest::<sha2::Sha256>())
    }

    /// The file at `path` is this payload, all of it and nothing more.
    #[track_caller]
    pub fn assert_at(self, path: impl AsRef<Path>) {
        let path = path.as_ref();
        let mut file =
            File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let len = file.metadata().expect("its length").len();
        assert_eq!(len, self.len, "length of {}", path.display());
        let mut offset = 0;
        let mut found = vec![0; 1 << 20];
        self.each_block(|block| {
            let found = &mut found[..block.len()];
            file.read_exact(found).expect("as long as its length says");
            if let Some(wrong) = (0..block.len()).find(|&i| found[i] != block[i]) {
                panic!(
                    "{} differs from byte {} on",
                    path.display(),
                    offset + wrong as u64
                );
            }
            offset += block.len() as u64;
        });
    }

    fn each_block(self, mut see: impl FnMut(&[u8])) {
        let mut block = vec![0; 1 << 20];
        let mut at = 0;
        while at < self.len {
            let n = (self.len - at).min(block.len() as u64) as usize;
            self.fill(at, &mut block[..n]);
            see(&block[..n]);
            at += n as u64;
        }
    }
}

fn word(seed: u64, index: u64) -> u64 {
    let mut z = seed
        .wrapping_mul(0xA076_1D64_78BD_642F)
        .wrapping_add(index.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// `bytes` as a gzip file of stored blocks: longer than what it holds, and right.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let blocks = bytes.chunks(0xFFFF);
    let last = blocks.len().saturating_sub(1);
    for (i, block) in blocks.enumerate() {
        let len = block.len() as u16;
        out.push(u8::from(i == last));
        out.extend(len.to_le_bytes());
        out.extend((!len).to_le_bytes());
        out.extend(block);
    }
    if bytes.is_empty() {
        out.extend([1, 0, 0, 0xFF, 0xFF]);
    }
    out.extend(crc32(bytes).to_le_bytes());
    out.extend((bytes.len() as u32).to_le_bytes());
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc: u32, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    })
}
