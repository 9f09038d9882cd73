/** All messages of a chat, or those below a seq. */
export function messagesOf(chatId: string, beforeSeq = Number.MAX_SAFE_INTEGER): IDBKeyRange {
  return IDBKeyRange.bound([chatId, 0], [chatId, beforeSeq], false, true);
}

/** The messages of a chat after a seq, up to another one. */
export function messagesBetween(chatId: string, after: number, upTo: number): IDBKeyRange {
  return IDBKeyRange.bound([chatId, after], [chatId, upTo], true, false);
}

export function partsOf(fileId: string): IDBKeyRange {
  return IDBKeyRange.bound([fileId, 0], [fileId, Number.MAX_SAFE_INTEGER]);
}

export function membersOf(chatId: string): IDBKeyRange {
  return IDBKeyRange.bound([chatId, ''], [chatId, '\uffff']);
}
