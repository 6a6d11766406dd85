/** Folds letters to their appearance: NFKC, no accents, look-alikes as Latin letters. */

/** Look-alikes in other scripts, and Latin letters that NFKC does not decompose (after Unicode TR39). */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  // Cyrillic
  ...pairs('абвгеёзиіїјкмнопрстухѕһԁԛԝӏьАВЕЅІЇЈКМНОРСТУХҺԌԚԜӀ', 'abbreezniijkmhonpctyxshdqwlbABESIIJKMHOPCTYXHGQWI'),
  // Greek
  ...pairs('αβγεηικνορσςτυχωΣΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'abyenikvopootuxwOABEZHIKMNOPTYX'),
  // Armenian, Latin extensions, small capitals
  ...pairs('աոսօհցզյɑɡıɩĸłŁøØđĐðħŧƅƽɪʏꜱᴀᴄᴅᴇᴊᴋᴍɴᴏᴘʀᴛᴜᴠᴡᴢʙɢʜʟ', 'wnuohgqjagiiklLoOdDdhtbsiysacdejkmnoprtuvwzbghl'),
}

function pairs(from: string, to: string): Record<string, string> {
  const letters = [...to]
  return Object.fromEntries([...from].map((letter, index) => [letter, letters[index] ?? letter]))
}

/** Combining marks and invisible characters: joiners, variation selectors, soft hyphens. */
const unseen = /[\p{M}\p{Cf}]/gu
const ascii = /^[\0-\x7f]*$/

/** Folds each letter and keeps its case. Kana and Hangul stay unchanged. */
export function fold(text: string): string {
  if (ascii.test(text)) return text
  const letters = text.normalize('NFKC').normalize('NFD').replace(unseen, '').normalize('NFC')
  return [...letters].map((letter) => LOOK_ALIKES[letter] ?? letter).join('')
}
