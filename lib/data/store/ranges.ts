/** All messages of a chat, or those below a seq. */
export function messagesOf(chatId: string, beforeSeq = Number.MAX_SAFE_INTEGER): IDBKeyRange {
  return IDBKeyRange.bound([chatId, 0], [chatId, beforeSeq], false, true);
}

export function membersOf(chatId: string): IDBKeyRange {
  return IDBKeyRange.bound([chatId, ''], [chatId, '\uffff']);
}
