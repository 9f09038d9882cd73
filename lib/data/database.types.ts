export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  public: {
    Tables: {
      accounts: {
        Row: {
          birth_date: string | null;
          closing: Json | null;
          created_at: string;
          memories_on: boolean;
          picture_in_images: boolean;
          plan: string;
          quiet_from: string | null;
          quiet_to: string | null;
          quiet_zone: string | null;
          settings: NonNullable<Json>;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          birth_date?: string | null;
          closing?: Json | null;
          created_at?: string;
          memories_on?: boolean;
          picture_in_images?: boolean;
          plan?: string;
          quiet_from?: string | null;
          quiet_to?: string | null;
          quiet_zone?: string | null;
          settings?: NonNullable<Json>;
          user_id: string;
        };
        Update: {
          birth_date?: string | null;
          closing?: Json | null;
          created_at?: string;
          memories_on?: boolean;
          picture_in_images?: boolean;
          plan?: string;
          quiet_from?: string | null;
          quiet_to?: string | null;
          quiet_zone?: string | null;
          settings?: NonNullable<Json>;
          user_id?: string;
        };
        Relationships: [];
      };
      attachments: {
        Row: {
          chat_id: string;
          content_type: string;
          created_at: string;
          has_thumbnail: boolean;
          height: number | null;
          id: string;
          message_id: string | null;
          name: string;
          owner_id: string | null;
          size: number;
          width: number | null;
        };
        ComputedFields: never;
        Insert: {
          chat_id: string;
          content_type: string;
          created_at?: string;
          has_thumbnail?: boolean;
          height?: number | null;
          id: string;
          message_id?: string | null;
          name: string;
          owner_id?: string | null;
          size: number;
          width?: number | null;
        };
        Update: {
          chat_id?: string;
          content_type?: string;
          created_at?: string;
          has_thumbnail?: boolean;
          height?: number | null;
          id?: string;
          message_id?: string | null;
          name?: string;
          owner_id?: string | null;
          size?: number;
          width?: number | null;
        };
        Relationships: [
          {
            foreignKeyName: 'attachments_chat_id_fkey';
            columns: ['chat_id'];
            isOneToOne: false;
            referencedRelation: 'chats';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'attachments_message_id_fkey';
            columns: ['message_id'];
            isOneToOne: false;
            referencedRelation: 'messages';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'attachments_owner_id_fkey';
            columns: ['owner_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
        ];
      };
      audit_events: {
        Row: {
          actor_id: string | null;
          chat_id: string;
          created_at: string;
          details: NonNullable<Json>;
          hash: string;
          id: number;
          number: number;
          previous: string;
          subject_id: string | null;
          type: string;
        };
        ComputedFields: never;
        Insert: {
          actor_id?: string | null;
          chat_id: string;
          created_at?: string;
          details?: NonNullable<Json>;
          hash: string;
          id?: never;
          number: number;
          previous: string;
          subject_id?: string | null;
          type: string;
        };
        Update: {
          actor_id?: string | null;
          chat_id?: string;
          created_at?: string;
          details?: NonNullable<Json>;
          hash?: string;
          id?: never;
          number?: number;
          previous?: string;
          subject_id?: string | null;
          type?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'audit_events_chat_id_fkey';
            columns: ['chat_id'];
            isOneToOne: false;
            referencedRelation: 'chats';
            referencedColumns: ['id'];
          },
        ];
      };
      blocks: {
        Row: {
          blocked_id: string;
          blocker_id: string;
          created_at: string;
        };
        ComputedFields: never;
        Insert: {
          blocked_id: string;
          blocker_id: string;
          created_at?: string;
        };
        Update: {
          blocked_id?: string;
          blocker_id?: string;
          created_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'blocks_blocked_id_fkey';
            columns: ['blocked_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'blocks_blocker_id_fkey';
            columns: ['blocker_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
        ];
      };
      changes: {
        Row: {
          chat_id: string;
          created_at: string;
          entity_id: string;
          kind: Database['public']['Enums']['change_kind'];
          seq: number;
        };
        ComputedFields: never;
        Insert: {
          chat_id: string;
          created_at?: string;
          entity_id: string;
          kind: Database['public']['Enums']['change_kind'];
          seq: number;
        };
        Update: {
          chat_id?: string;
          created_at?: string;
          entity_id?: string;
          kind?: Database['public']['Enums']['change_kind'];
          seq?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'changes_chat_id_fkey';
            columns: ['chat_id'];
            isOneToOne: false;
            referencedRelation: 'chats';
            referencedColumns: ['id'];
          },
        ];
      };
      chats: {
        Row: {
          closed_at: string | null;
          created_at: string;
          creator_id: string | null;
          deleted_at: string | null;
          epoch: number;
          id: string;
          instructions: string;
          kind: Database['public']['Enums']['chat_kind'];
          last_seq: number;
          quiet_until: string | null;
          reply_mode: Database['public']['Enums']['reply_mode'];
          retention_days: number | null;
          retention_since: string | null;
          talkativeness: number;
          title: string;
        };
        ComputedFields: never;
        Insert: {
          closed_at?: string | null;
          created_at?: string;
          creator_id?: string | null;
          deleted_at?: string | null;
          epoch?: number;
          id: string;
          instructions?: string;
          kind: Database['public']['Enums']['chat_kind'];
          last_seq?: number;
          quiet_until?: string | null;
          reply_mode: Database['public']['Enums']['reply_mode'];
          retention_days?: number | null;
          retention_since?: string | null;
          talkativeness?: number;
          title?: string;
        };
        Update: {
          closed_at?: string | null;
          created_at?: string;
          creator_id?: string | null;
          deleted_at?: string | null;
          epoch?: number;
          id?: string;
          instructions?: string;
          kind?: Database['public']['Enums']['chat_kind'];
          last_seq?: number;
          quiet_until?: string | null;
          reply_mode?: Database['public']['Enums']['reply_mode'];
          retention_days?: number | null;
          retention_since?: string | null;
          talkativeness?: number;
          title?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'chats_creator_id_fkey';
            columns: ['creator_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
        ];
      };
      hidden_reactions: {
        Row: {
          created_at: string;
          emoji: string;
          message_id: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at: string;
          emoji: string;
          message_id: string;
          user_id: string;
        };
        Update: {
          created_at?: string;
          emoji?: string;
          message_id?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'hidden_reactions_message_id_fkey';
            columns: ['message_id'];
            isOneToOne: false;
            referencedRelation: 'messages';
            referencedColumns: ['id'];
          },
        ];
      };
      invites: {
        Row: {
          chat_id: string;
          created_at: string;
          created_by: string | null;
          expires_at: string | null;
          history: Database['public']['Enums']['invite_history'];
          id: string;
          max_uses: number | null;
          needs_approval: boolean;
          page_quote: string | null;
          page_url: string | null;
          revoked_at: string | null;
          token_hash: string;
          uses: number;
        };
        ComputedFields: never;
        Insert: {
          chat_id: string;
          created_at?: string;
          created_by?: string | null;
          expires_at?: string | null;
          history?: Database['public']['Enums']['invite_history'];
          id?: string;
          max_uses?: number | null;
          needs_approval?: boolean;
          page_quote?: string | null;
          page_url?: string | null;
          revoked_at?: string | null;
          token_hash: string;
          uses?: number;
        };
        Update: {
          chat_id?: string;
          created_at?: string;
          created_by?: string | null;
          expires_at?: string | null;
          history?: Database['public']['Enums']['invite_history'];
          id?: string;
          max_uses?: number | null;
          needs_approval?: boolean;
          page_quote?: string | null;
          page_url?: string | null;
          revoked_at?: string | null;
          token_hash?: string;
          uses?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'invites_chat_id_fkey';
            columns: ['chat_id'];
            isOneToOne: false;
            referencedRelation: 'chats';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'invites_created_by_fkey';
            columns: ['created_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
        ];
      };
      join_requests: {
        Row: {
          chat_id: string;
          created_at: string;
          invite_id: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          chat_id: string;
          created_at?: string;
          invite_id: string;
          user_id: string;
        };
        Update: {
          chat_id?: string;
          created_at?: string;
          invite_id?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'join_requests_chat_id_fkey';
            columns: ['chat_id'];
            isOneToOne: false;
            referencedRelation: 'chats';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'join_requests_invite_id_fkey';
            columns: ['invite_id'];
            isOneToOne: false;
            referencedRelation: 'invites';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'join_requests_user_id_fkey';
            columns: ['user_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
        ];
      };
      members: {
        Row: {
          archived_at: string | null;
          chat_id: string;
          history_from: number;
          joined_at: string;
          last_read_seq: number;
          notification_level: Database['public']['Enums']['notification_level'];
          role: Database['public']['Enums']['member_role'];
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          archived_at?: string | null;
          chat_id: string;
          history_from?: number;
          joined_at?: string;
          last_read_seq?: number;
          notification_level?: Database['public']['Enums']['notification_level'];
          role?: Database['public']['Enums']['member_role'];
          user_id: string;
        };
        Update: {
          archived_at?: string | null;
          chat_id?: string;
          history_from?: number;
          joined_at?: string;
          last_read_seq?: number;
          notification_level?: Database['public']['Enums']['notification_level'];
          role?: Database['public']['Enums']['member_role'];
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'members_chat_id_fkey';
            columns: ['chat_id'];
            isOneToOne: false;
            referencedRelation: 'chats';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'members_user_id_fkey';
            columns: ['user_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
        ];
      };
      memories: {
        Row: {
          body: string;
          created_at: string;
          id: string;
          updated_at: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          body: string;
          created_at?: string;
          id: string;
          updated_at?: string;
          user_id?: string;
        };
        Update: {
          body?: string;
          created_at?: string;
          id?: string;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'memories_user_id_fkey';
            columns: ['user_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
        ];
      };
      message_versions: {
        Row: {
          body: string;
          message_id: string;
          replaced_at: string;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          body: string;
          message_id: string;
          replaced_at?: string;
          version: number;
        };
        Update: {
          body?: string;
          message_id?: string;
          replaced_at?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'message_versions_message_id_fkey';
            columns: ['message_id'];
            isOneToOne: false;
            referencedRelation: 'messages';
            referencedColumns: ['id'];
          },
        ];
      };
      messages: {
        Row: {
          attachment_ids: string[];
          attachments: NonNullable<Json>;
          author_id: string | null;
          body: string;
          chat_id: string;
          created_at: string;
          deleted_at: string | null;
          edited_at: string | null;
          id: string;
          kind: Database['public']['Enums']['message_kind'];
          mentions: string[];
          mentions_all: boolean;
          notice: Json | null;
          reactions: NonNullable<Json>;
          reply_to: string | null;
          seq: number;
          shares: NonNullable<Json>;
          sources: NonNullable<Json>;
          status: Database['public']['Enums']['message_status'];
          target: Database['public']['Enums']['message_target'];
        };
        ComputedFields: never;
        Insert: {
          attachment_ids?: string[];
          attachments?: NonNullable<Json>;
          author_id?: string | null;
          body?: string;
          chat_id: string;
          created_at?: string;
          deleted_at?: string | null;
          edited_at?: string | null;
          id: string;
          kind?: Database['public']['Enums']['message_kind'];
          mentions?: string[];
          mentions_all?: boolean;
          notice?: Json | null;
          reactions?: NonNullable<Json>;
          reply_to?: string | null;
          seq: number;
          shares?: NonNullable<Json>;
          sources?: NonNullable<Json>;
          status?: Database['public']['Enums']['message_status'];
          target?: Database['public']['Enums']['message_target'];
        };
        Update: {
          attachment_ids?: string[];
          attachments?: NonNullable<Json>;
          author_id?: string | null;
          body?: string;
          chat_id?: string;
          created_at?: string;
          deleted_at?: string | null;
          edited_at?: string | null;
          id?: string;
          kind?: Database['public']['Enums']['message_kind'];
          mentions?: string[];
          mentions_all?: boolean;
          notice?: Json | null;
          reactions?: NonNullable<Json>;
          reply_to?: string | null;
          seq?: number;
          shares?: NonNullable<Json>;
          sources?: NonNullable<Json>;
          status?: Database['public']['Enums']['message_status'];
          target?: Database['public']['Enums']['message_target'];
        };
        Relationships: [
          {
            foreignKeyName: 'messages_author_id_fkey';
            columns: ['author_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'messages_chat_id_fkey';
            columns: ['chat_id'];
            isOneToOne: false;
            referencedRelation: 'chats';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'messages_reply_to_fkey';
            columns: ['reply_to'];
            isOneToOne: false;
            referencedRelation: 'messages';
            referencedColumns: ['id'];
          },
        ];
      };
      page_shares: {
        Row: {
          anchor: Json | null;
          author: string | null;
          chat_id: string;
          id: string;
          kind: string;
          language: string | null;
          message_id: string;
          page_hash: string;
          place: number;
          published_at: string | null;
          screenshot_id: string | null;
          text: string;
          title: string;
          url: string;
        };
        ComputedFields: never;
        Insert: {
          anchor?: Json | null;
          author?: string | null;
          chat_id: string;
          id: string;
          kind: string;
          language?: string | null;
          message_id: string;
          page_hash: string;
          place: number;
          published_at?: string | null;
          screenshot_id?: string | null;
          text: string;
          title: string;
          url: string;
        };
        Update: {
          anchor?: Json | null;
          author?: string | null;
          chat_id?: string;
          id?: string;
          kind?: string;
          language?: string | null;
          message_id?: string;
          page_hash?: string;
          place?: number;
          published_at?: string | null;
          screenshot_id?: string | null;
          text?: string;
          title?: string;
          url?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'page_shares_chat_id_fkey';
            columns: ['chat_id'];
            isOneToOne: false;
            referencedRelation: 'chats';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'page_shares_message_id_fkey';
            columns: ['message_id'];
            isOneToOne: false;
            referencedRelation: 'messages';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'page_shares_screenshot_id_fkey';
            columns: ['screenshot_id'];
            isOneToOne: false;
            referencedRelation: 'attachments';
            referencedColumns: ['id'];
          },
        ];
      };
      profiles: {
        Row: {
          avatar_path: string | null;
          created_at: string;
          display_name: string;
          id: string;
          updated_at: string;
          username: string;
        };
        ComputedFields: never;
        Insert: {
          avatar_path?: string | null;
          created_at?: string;
          display_name: string;
          id: string;
          updated_at?: string;
          username: string;
        };
        Update: {
          avatar_path?: string | null;
          created_at?: string;
          display_name?: string;
          id?: string;
          updated_at?: string;
          username?: string;
        };
        Relationships: [];
      };
      reply_jobs: {
        Row: {
          asker_id: string | null;
          attempts: number;
          charged: string | null;
          chat_id: string;
          claimed_at: string | null;
          created_at: string;
          decision: Json | null;
          error: string | null;
          finished_at: string | null;
          id: string;
          kind: Database['public']['Enums']['reply_kind'];
          lease_token: string | null;
          lease_until: string | null;
          looks: number;
          message_id: string;
          partial: string;
          picture_charged: string | null;
          picture_id: string | null;
          receipt: Json | null;
          reserved_micros: number;
          retry_at: string | null;
          run_after: string;
          sources: NonNullable<Json>;
          state: Database['public']['Enums']['reply_state'];
          status: string | null;
          stop_requested_by: string | null;
          touched_at: string;
          trigger_message_id: string;
        };
        ComputedFields: never;
        Insert: {
          asker_id?: string | null;
          attempts?: number;
          charged?: string | null;
          chat_id: string;
          claimed_at?: string | null;
          created_at?: string;
          decision?: Json | null;
          error?: string | null;
          finished_at?: string | null;
          id?: string;
          kind?: Database['public']['Enums']['reply_kind'];
          lease_token?: string | null;
          lease_until?: string | null;
          looks?: number;
          message_id?: string;
          partial?: string;
          picture_charged?: string | null;
          picture_id?: string | null;
          receipt?: Json | null;
          reserved_micros?: number;
          retry_at?: string | null;
          run_after?: string;
          sources?: NonNullable<Json>;
          state?: Database['public']['Enums']['reply_state'];
          status?: string | null;
          stop_requested_by?: string | null;
          touched_at?: string;
          trigger_message_id: string;
        };
        Update: {
          asker_id?: string | null;
          attempts?: number;
          charged?: string | null;
          chat_id?: string;
          claimed_at?: string | null;
          created_at?: string;
          decision?: Json | null;
          error?: string | null;
          finished_at?: string | null;
          id?: string;
          kind?: Database['public']['Enums']['reply_kind'];
          lease_token?: string | null;
          lease_until?: string | null;
          looks?: number;
          message_id?: string;
          partial?: string;
          picture_charged?: string | null;
          picture_id?: string | null;
          receipt?: Json | null;
          reserved_micros?: number;
          retry_at?: string | null;
          run_after?: string;
          sources?: NonNullable<Json>;
          state?: Database['public']['Enums']['reply_state'];
          status?: string | null;
          stop_requested_by?: string | null;
          touched_at?: string;
          trigger_message_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'reply_jobs_asker_id_fkey';
            columns: ['asker_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'reply_jobs_chat_id_fkey';
            columns: ['chat_id'];
            isOneToOne: false;
            referencedRelation: 'chats';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'reply_jobs_picture_id_fkey';
            columns: ['picture_id'];
            isOneToOne: false;
            referencedRelation: 'attachments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'reply_jobs_stop_requested_by_fkey';
            columns: ['stop_requested_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'reply_jobs_trigger_message_id_fkey';
            columns: ['trigger_message_id'];
            isOneToOne: true;
            referencedRelation: 'messages';
            referencedColumns: ['id'];
          },
        ];
      };
    };
    Views: {
      held_messages: {
        Row: {
          chat_id: string;
          message: NonNullable<Json>;
          message_id: string;
          taken_at: string;
        };
        ComputedFields: never;
        Insert: {
          chat_id?: string | null;
          message?: Json | null;
          message_id?: string | null;
          taken_at?: string | null;
        };
        Update: {
          chat_id?: string | null;
          message?: Json | null;
          message_id?: string | null;
          taken_at?: string | null;
        };
        Relationships: [];
      };
      report_queue: {
        Row: {
          author_id: string | null;
          bundle: NonNullable<Json>;
          chat_id: string;
          comment: string;
          created_at: string;
          id: string;
          message_id: string;
          reason: string;
          reporter_id: string | null;
          reports_of_author: number | null;
          reports_of_message: number | null;
        };
        ComputedFields: never;
        Insert: {
          author_id?: string | null;
          bundle?: Json | null;
          chat_id?: string | null;
          comment?: string | null;
          created_at?: string | null;
          id?: string | null;
          message_id?: string | null;
          reason?: string | null;
          reporter_id?: string | null;
          reports_of_author?: never;
          reports_of_message?: never;
        };
        Update: {
          author_id?: string | null;
          bundle?: Json | null;
          chat_id?: string | null;
          comment?: string | null;
          created_at?: string | null;
          id?: string | null;
          message_id?: string | null;
          reason?: string | null;
          reporter_id?: string | null;
          reports_of_author?: never;
          reports_of_message?: never;
        };
        Relationships: [
          {
            foreignKeyName: 'reports_reporter_id_fkey';
            columns: ['reporter_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
        ];
      };
    };
    Functions: {
      announce_service: { Args: { p_service: string }; Returns: undefined };
      answer_request: { Args: { p_accept: boolean; p_chat: string; p_user: string }; Returns: undefined };
      append_reply: { Args: { p_job: string; p_lease: string; p_offset: number; p_text: string }; Returns: Json };
      beat: { Args: { p_chat: string; p_here: boolean; p_typing?: boolean }; Returns: undefined };
      beat_on_page: { Args: { p_chat: string; p_page?: string; p_typing?: boolean }; Returns: Json };
      begin_speech: { Args: { p_id: string }; Returns: Json };
      catch_up: { Args: { p_after: number; p_chat: string; p_limit?: number }; Returns: Json[] };
      chat_log: { Args: { p_before?: number; p_chat: string; p_limit?: number }; Returns: Json[] };
      claim_reply: { Args: { p_chat?: string }; Returns: Json };
      clear_chat: { Args: { p_chat: string }; Returns: undefined };
      copy_chat: {
        Args: { p_files: string[]; p_id: string; p_new: string[]; p_source: string; p_title: string; p_user: string };
        Returns: undefined;
      };
      count_call: { Args: { p_address: string; p_function: string; p_user: string }; Returns: Json };
      create_chat: {
        Args: { p_id: string; p_kind: Database['public']['Enums']['chat_kind']; p_title?: string };
        Returns: string;
      };
      create_invite: {
        Args: {
          p_chat: string;
          p_expires_in?: string;
          p_history?: Database['public']['Enums']['invite_history'];
          p_max_uses?: number;
          p_needs_approval?: boolean;
          p_page_quote?: string;
          p_page_url?: string;
        };
        Returns: Json;
      };
      decide_turn: {
        Args: { p_decision: string; p_job: string; p_lease: string; p_message?: string };
        Returns: boolean;
      };
      delete_account: { Args: { p_files: string; p_messages: string; p_typed: string }; Returns: undefined };
      delete_chat: { Args: { p_chat: string; p_title?: string }; Returns: undefined };
      delete_message: { Args: { p_message: string }; Returns: undefined };
      discard_attachment: { Args: { p_attachment: string }; Returns: undefined };
      edit_message: { Args: { p_body: string; p_message: string }; Returns: undefined };
      end_guardianship: { Args: { p_minor: string }; Returns: undefined };
      end_session: { Args: { p_session?: string }; Returns: number };
      end_speech: { Args: { p_id: string; p_use?: string }; Returns: undefined };
      files_to_copy: { Args: { p_id: string; p_source: string; p_user: string }; Returns: Json };
      finish_account: { Args: Record<PropertyKey, never>; Returns: boolean };
      finish_reply: {
        Args: {
          p_body?: string;
          p_error?: string;
          p_job: string;
          p_lease: string;
          p_retry?: boolean;
          p_state: Database['public']['Enums']['reply_state'];
          p_wait?: number;
        };
        Returns: boolean;
      };
      hand_over: { Args: { p_chat: string; p_user: string }; Returns: undefined };
      keep_receipt: { Args: { p_job: string; p_receipt: string }; Returns: undefined };
      keep_results: {
        Args: { p_job: string; p_lease: string; p_picture?: string; p_sources: string };
        Returns: boolean;
      };
      keep_summary: {
        Args: { p_before: string; p_body: string; p_job: string; p_lease: string; p_limit: number; p_mark: string };
        Returns: boolean;
      };
      leave_chat: { Args: { p_chat: string }; Returns: undefined };
      make_guardian_code: { Args: Record<PropertyKey, never>; Returns: Json };
      mark_read: { Args: { p_chat: string; p_seq: number }; Returns: undefined };
      my_blocks: { Args: Record<PropertyKey, never>; Returns: Json[] };
      my_chats: { Args: Record<PropertyKey, never>; Returns: Json[] };
      my_data: { Args: { p_after?: string; p_limit?: number; p_part: string }; Returns: Json };
      my_guardianships: { Args: Record<PropertyKey, never>; Returns: Json };
      my_join_requests: { Args: Record<PropertyKey, never>; Returns: Json[] };
      my_left_data: { Args: { p_after?: string; p_limit?: number; p_part: string }; Returns: Json };
      my_likeness: { Args: Record<PropertyKey, never>; Returns: Json };
      my_models: { Args: { p_chat: string }; Returns: Json };
      my_more_data: { Args: { p_after?: string; p_limit?: number; p_part: string }; Returns: Json };
      my_page_presence: { Args: { p_chat: string }; Returns: boolean };
      my_quota: { Args: Record<PropertyKey, never>; Returns: Json };
      my_reports: { Args: Record<PropertyKey, never>; Returns: Json[] };
      my_sessions: { Args: Record<PropertyKey, never>; Returns: Json[] };
      note_use: { Args: { p_job: string; p_use: string }; Returns: undefined };
      objects_to_purge: { Args: { p_limit: number }; Returns: string[] };
      pictures_to_purge: { Args: { p_limit: number }; Returns: string[] };
      pin_model: { Args: { p_chat: string; p_model?: string }; Returns: undefined };
      present_members: { Args: { p_chat: string }; Returns: Json[] };
      preview_invite: { Args: { p_token: string; p_user?: string }; Returns: Json };
      purge_rows: { Args: Record<PropertyKey, never>; Returns: number };
      read_positions: { Args: { p_chat: string }; Returns: Json[] };
      redeem_invite: { Args: { p_token: string; p_user: string }; Returns: Json };
      remember_message: { Args: { p_id: string; p_message: string }; Returns: undefined };
      remove_member: { Args: { p_chat: string; p_user: string }; Returns: undefined };
      rename_chat: { Args: { p_chat: string; p_title: string }; Returns: undefined };
      reply_care: { Args: { p_job: string; p_lease: string }; Returns: Json };
      reply_context: { Args: { p_job: string; p_lease: string; p_limit?: number }; Returns: Json };
      reply_due: { Args: Record<PropertyKey, never>; Returns: boolean };
      reply_files: { Args: { p_job: string; p_lease: string; p_messages: string[] }; Returns: Json };
      reply_portraits: { Args: { p_job: string; p_lease: string }; Returns: Json };
      reply_shares: { Args: { p_job: string; p_lease: string; p_messages: string[] }; Returns: Json };
      reply_summary: { Args: { p_before: string; p_job: string; p_lease: string; p_limit: number }; Returns: Json };
      report_message: { Args: { p_comment?: string; p_message: string; p_reason: string }; Returns: undefined };
      reset_invites: { Args: { p_chat: string }; Returns: number };
      resolve_report: { Args: { p_outcome: string; p_report: string }; Returns: boolean };
      retry_reply: { Args: { p_job: string }; Returns: undefined };
      route_reply: { Args: { p_facts: string; p_job: string; p_lease: string }; Returns: Json };
      save_profile: {
        Args: { p_avatar_path?: string; p_display_name: string; p_username: string };
        Returns: {
          avatar_path: string | null;
          created_at: string;
          display_name: string;
          id: string;
          updated_at: string;
          username: string;
        };
        SetofOptions: {
          from: '*';
          to: 'profiles';
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      search_messages: {
        Args: {
          p_author?: string;
          p_before?: string;
          p_chat?: string;
          p_limit?: number;
          p_page?: string;
          p_query: string;
        };
        Returns: Json[];
      };
      set_archived: { Args: { p_archived: boolean; p_chat: string }; Returns: undefined };
      set_birth_date: { Args: { p_birth_date: string }; Returns: string };
      set_block: { Args: { p_on: boolean; p_user: string }; Returns: undefined };
      set_group_chats: { Args: { p_minor: string; p_on: boolean }; Returns: undefined };
      set_instructions: { Args: { p_chat: string; p_instructions: string }; Returns: undefined };
      set_legal_hold: { Args: { p_chat: string; p_reason?: string }; Returns: undefined };
      set_page_presence: { Args: { p_chat: string; p_on: boolean }; Returns: undefined };
      set_reaction: { Args: { p_emoji: string; p_message: string; p_on: boolean }; Returns: undefined };
      set_reply_mode: {
        Args: { p_chat: string; p_mode: Database['public']['Enums']['reply_mode'] };
        Returns: undefined;
      };
      set_retention: { Args: { p_chat: string; p_days?: number }; Returns: undefined };
      shares_of_pages: { Args: { p_prefix: string }; Returns: Json[] };
      show_reply_status: { Args: { p_job: string; p_lease: string; p_status?: string }; Returns: boolean };
      stop_reply: { Args: { p_job: string }; Returns: undefined };
      take_picture: { Args: { p_job: string; p_lease: string }; Returns: Json };
      try_guardian_code: { Args: { p_accept?: boolean; p_code: string }; Returns: Json };
      try_invite: { Args: { p_address: string; p_redeem: boolean; p_token: string; p_user: string }; Returns: Json };
      tune_replies: { Args: { p_chat: string; p_step: number }; Returns: undefined };
      username_available: { Args: { p_username: string }; Returns: boolean };
      withdraw_request: { Args: { p_chat: string }; Returns: undefined };
    };
    Enums: {
      change_kind: 'message' | 'member' | 'chat' | 'request' | 'purge';
      chat_kind: 'solo' | 'group';
      invite_history: 'all' | 'last50' | 'none';
      member_role: 'creator' | 'member';
      message_kind: 'member' | 'assistant' | 'system';
      message_status: 'complete' | 'stopped' | 'failed';
      message_target: 'default' | 'people';
      notification_level: 'all' | 'mentions' | 'none';
      reply_kind: 'answer' | 'turn';
      reply_mode: 'automatic' | 'mention' | 'off';
      reply_state: 'queued' | 'running' | 'done' | 'stopped' | 'failed' | 'silent';
    };
    CompositeTypes: {
      [_ in never]: never;
    };
  };
};

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>;

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, 'public'>];

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])[TableName] extends {
      Row: infer R;
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    ? (DefaultSchema['Tables'] & DefaultSchema['Views'])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R;
      }
      ? R
      : never
    : never;

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables'] | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Insert: infer I;
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I;
      }
      ? I
      : never
    : never;

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables'] | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Update: infer U;
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U;
      }
      ? U
      : never
    : never;

export type Enums<
  DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema['Enums'] | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums']
    : never = never,
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums'][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema['Enums']
    ? DefaultSchema['Enums'][DefaultSchemaEnumNameOrOptions]
    : never;

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema['CompositeTypes']
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes']
    : never = never,
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes'][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema['CompositeTypes']
    ? DefaultSchema['CompositeTypes'][PublicCompositeTypeNameOrOptions]
    : never;

export const Constants = {
  public: {
    Enums: {
      change_kind: ['message', 'member', 'chat', 'request', 'purge'],
      chat_kind: ['solo', 'group'],
      invite_history: ['all', 'last50', 'none'],
      member_role: ['creator', 'member'],
      message_kind: ['member', 'assistant', 'system'],
      message_status: ['complete', 'stopped', 'failed'],
      message_target: ['default', 'people'],
      notification_level: ['all', 'mentions', 'none'],
      reply_kind: ['answer', 'turn'],
      reply_mode: ['automatic', 'mention', 'off'],
      reply_state: ['queued', 'running', 'done', 'stopped', 'failed', 'silent'],
    },
  },
} as const;
