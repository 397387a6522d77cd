import { describe, expect, it } from '@jest/globals';
import { hidesCharacters, isPlainText } from './plain-text.js';

describe('a text of one line', () => {
  it('holds any letters, and no control character or line end', () => {
    expect(['Ann O’Neill', '名前', '😀', ''].map(isPlainText)).toEqual([true, true, true, true]);
    expect(['a\nb', 'a\rb', '\t', '\u0000', '\u0085', '\u2028', '\u007f', '\ud83d'].map(isPlainText)).toEqual(
      Array(8).fill(false),
    );
  });

  it.each([
    ['that turns what follows', 'Ann\u202eeeL'],
    ['that isolates', 'Ann \u2066Lee\u2069'],
    ['that marks a direction among Latin letters', 'Ann\u200f'],
    ['that marks a direction among digits', '\u200e10-01'],
    ['that marks a direction alone', '\u061c'],
    ['that marks the same direction again', 'דנה\u200f\u200f'],
    ['that turns what follows among Hebrew letters', 'דנה\u202e'],
    ['that joins nothing after a mark of direction', 'دنا\u200f\u200d'],
    ['of no width', 'An\u200bn'],
    ['that is a byte order mark', '\ufeffAnn'],
    ['that is a soft hyphen', 'An\u00adn'],
    ['that joins nothing', 'Ann\u200dLee'],
    ['that joins nothing after an apostrophe', 'O’\u200dNeill'],
    ['that joins nothing after an accent', 'Jose\u0301\u200d'],
    ['that joins nothing in Greek', 'Άννα\u200d'],
    ['that joins nothing in Russian', 'Ан\u200cна'],
    ['that joins nothing in Japanese', '葛\u{e0100}\u200d城'],
    ['that joins what is joined', '👩\u200d\u200d👧'],
    ['that chooses a form again', '❤\ufe0f\ufe0f'],
    ['that chooses the form of a Greek letter', 'Άννα\ufe0f'],
    ['that chooses the form of a letter with one form', 'Smi\ufe00th'],
    ['that chooses the form of a letter with an accent', 'Jose\u0301\ufe0f'],
    ['that chooses the form of a digit', '10\ufe0f01'],
    ['that chooses no form', 'Ann \ufe0fLee'],
    ['that parts nothing', '\u200cAnn'],
    ['that fills a syllable', '\u3164'],
    ['that is a blank of braille', '\u2800'],
    ['that is a tag', 'Ann\u{e0041}'],
  ])('holds no character %s', (_, text) => {
    expect([isPlainText(text), hidesCharacters(text)]).toEqual([false, true]);
  });

  it.each([
    ['Persian', 'می\u200cخواهم'],
    ['Hindi', 'क्\u200dष'],
    ['a family of emoji', '👩\u200d👧'],
    ['an emoji in colour', '❤\ufe0f'],
    ['an emoji of two', '❤\ufe0f\u200d🔥'],
    ['a key', '1\ufe0f\u20e3'],
    ['a form of a Japanese name', '葛\u{e0100}城'],
    ['Mongolian', '\u1820\u180b'],
    ['Hebrew and Arabic', 'דנה سارة'],
    ['Hebrew with a mark of direction', 'דנה כהן\u200f'],
    ['Hebrew with a Latin name between marks', 'דנה (\u200eAcme Ltd.\u200e)'],
    ['Arabic with an Arabic letter mark', 'سارة\u061c (2)'],
    ['Persian with a joiner and a mark', 'می\u200cخواهم\u200f'],
    ['Divehi, Syriac and Adlam with a mark', 'ދިވެހި\u200f ܐܒܐ \u{1e900}'],
  ])('may be %s', (_, text) => {
    expect([isPlainText(text), hidesCharacters(text)]).toEqual([true, false]);
  });
});
