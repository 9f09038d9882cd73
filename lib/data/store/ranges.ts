/** All messages of a chat, or those below a seq. */
export function messagesOf(chatId: string, beforeSeq = Number.MAX_SAFE_INTEGER): IDBKeyRange {
  return IDBKeyRange.bound([chatId, 0], [chatId, beforeSeq], false, true);
}

/** All messages of a chat after a seq. */
export function messagesAfter(chatId: string, seq: number): IDBKeyRange {
  return IDBKeyRange.bound([chatId, seq], [chatId, Number.MAX_SAFE_INTEGER], true, false);
}

export function membersOf(chatId: string): IDBKeyRange {
  return IDBKeyRange.bound([chatId, ''], [chatId, '\uffff']);
}
