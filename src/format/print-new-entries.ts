import type { EntryForm, NewEntry, NewNode } from '../ast/new-entry.ts';
import { attributeLine } from './attribute-line.ts';
import { commentText } from './print-entry.ts';

/** How much text is put together before it is handed on. */
const chunkLength = 64 * 1024;

/**
 * Prints new entries with the comments between them, in the layout that the formatter leaves as it is, in pieces: at most
 * one blank line anywhere, and one between entries, in front of the comments that touch the second.
 */
export function* printNewEntries(nodes: Iterable<NewNode>): Generator<string> {
  let text = '';
  let previous: 'start' | 'blank' | 'comment' | 'entry' = 'start';
  /** Comments right behind an entry: whether they lead to another one is not known yet. */
  let held = '';
  for (const node of nodes) {
    switch (node.type) {
      case 'Blank':
        text += held;
        held = '';
        if (previous !== 'start') previous = 'blank';
        break;
      case 'Comment': {
        const line = `${commentText(node.text)}\n`;
        if (previous === 'entry' || held !== '') held += line;
        else {
          text += previous === 'blank' ? `\n${line}` : line;
          previous = 'comment';
        }
        break;
      }
      case 'NewEntry':
        text += (previous === 'entry' || previous === 'blank' ? '\n' : '') + held + entryText(node);
        held = '';
        previous = 'entry';
    }
    if (text.length >= chunkLength) {
      yield text;
      text = '';
    }
  }
  yield text + held;
}

function entryText({ name, form, values }: NewEntry): string {
  if (values.length === 0) return `service ${name}\n{\n${formText(form)}}\n`;
  const pieces = piecesOf(form);
  let text = `service ${name}\n{\n${pieces[0]}`;
  for (let at = 0; at < values.length; at += 1) text += `${values[at]}\n${pieces[at + 1]}`;
  return `${text}}\n`;
}

/** What is printed before, between and after the values that each entry of a form has of its own. */
function piecesOf(form: EntryForm): readonly string[] {
  let pieces = formPieces.get(form);
  if (pieces === undefined) {
    pieces = formText(form).split(ownValue);
    formPieces.set(form, pieces);
  }
  return pieces;
}

const formPieces = new WeakMap<EntryForm, readonly string[]>();
const ownValue = '\0\n';

function formText(form: EntryForm): string {
  let text = '';
  for (const [attribute, value] of form) {
    text += beginning(attribute) + (value === null ? ownValue : `${value}\n`);
  }
  return text;
}

/** An attribute line up to its value. The same few names come again and again. */
const beginnings = new Map<string, string>();

function beginning(attribute: string): string {
  let text = beginnings.get(attribute);
  if (text === undefined) {
    text = attributeLine(attribute, 'set', ['']);
    beginnings.set(attribute, text);
  }
  return text;
}
