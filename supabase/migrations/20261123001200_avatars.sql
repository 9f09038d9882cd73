-- Avatars: profile pictures, in a private bucket; each person writes below their own id, and those who see the profile see the picture.

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('avatars', 'avatars', false, 262144, array['image/webp', 'image/png', 'image/jpeg'])
on conflict (id) do nothing;

create policy "people add their own pictures" on storage.objects
  for insert to authenticated
  with check (bucket_id = 'avatars' and (storage.foldername(name))[1] = (select auth.uid())::text);

create policy "people remove their own pictures" on storage.objects
  for delete to authenticated
  using (bucket_id = 'avatars' and (storage.foldername(name))[1] = (select auth.uid())::text);

create policy "people see the pictures of profiles they see" on storage.objects
  for select to authenticated
  using (
    bucket_id = 'avatars'
    and ((storage.foldername(name))[1] = (select auth.uid())::text
      or (storage.foldername(name))[1] in (select id::text from private.known_profile_ids() as known (id))));
