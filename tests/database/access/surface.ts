/** What anon, authenticated and service_role may do with what is neither a table nor a function of ours. */

/** Schemas, and who may use them. Nobody makes anything in one. */
export const SCHEMAS: Readonly<Record<string, readonly string[]>> = {
  auth: ['anon', 'authenticated', 'service_role'],
  extensions: ['anon', 'authenticated', 'service_role'],
  information_schema: ['anon', 'authenticated', 'service_role'],
  pg_catalog: ['anon', 'authenticated', 'service_role'],
  private: ['authenticated', 'service_role'],
  public: ['anon', 'authenticated', 'service_role'],
  realtime: ['anon', 'authenticated', 'service_role'],
  storage: ['anon', 'authenticated', 'service_role'],
  supabase_migrations: [],
};

/** Tables and views of the platform’s that people or strangers have any right on; policies decide on their rows, where there are any. */
export const PLATFORM: Readonly<Record<string, string>> = {
  // Texts of queries are shown to their own role and to whoever may read all statistics.
  'extensions.pg_stat_statements': 'no rows of others',
  'extensions.pg_stat_statements_info': 'a counter',
  'realtime.messages': 'policies',
  'storage.buckets': 'policies',
  'storage.objects': 'policies',
};

/** Buckets, none of which is public. */
export const BUCKETS: readonly string[] = ['attachments', 'avatars'];

/** The only functions that tell anything to a topic, each with the topics that it tells. */
export const TELLERS: Readonly<Record<string, string>> = {
  'private.publish(uuid,text,jsonb)': "'chat:' || p_chat || ':' || v_epoch",
  'private.tell(uuid,text,jsonb)': "'user:' || p_user",
};
