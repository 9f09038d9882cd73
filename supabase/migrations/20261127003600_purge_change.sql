-- A kind of change that the migration of retention uses. A new value of an enum must be committed before it is used.

alter type public.change_kind add value 'purge';

comment on type public.change_kind is 'What a change is about: a message, a member, the chat, somebody who waits; purge: messages of the chat are gone, read what is there anew.';
