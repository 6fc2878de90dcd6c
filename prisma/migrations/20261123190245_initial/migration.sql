-- CreateTable
CREATE TABLE "venue" (
    "id" TEXT NOT NULL,
    "office_code" TEXT,
    "tier" TEXT NOT NULL,
    "street" TEXT NOT NULL,
    "name_hans" TEXT NOT NULL,
    "name_hant" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "division_code" TEXT NOT NULL,
    "opens" TEXT NOT NULL DEFAULT '09:00',
    "closes" TEXT NOT NULL DEFAULT '18:00',
    "cross_border" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "venue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "counter" (
    "name" TEXT NOT NULL,
    "value" INTEGER NOT NULL,

    CONSTRAINT "counter_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "data_key" (
    "case_number" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "wrapped_key" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_key_pkey" PRIMARY KEY ("case_number")
);

-- CreateTable
CREATE TABLE "case_record" (
    "case_number" TEXT NOT NULL,
    "realm" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "outcome" TEXT,
    "channel" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "venue_id" TEXT NOT NULL,
    "accepting_venue_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "stage_since" TIMESTAMPTZ(3) NOT NULL,
    "received_on" TEXT,
    "clock" JSONB,
    "cooling_off_last_day" TEXT,
    "claim_first_day" TEXT,
    "claim_last_day" TEXT,
    "deadline_version" INTEGER NOT NULL DEFAULT 0,
    "next_deadline" TIMESTAMPTZ(3),
    "next_deadline_kind" TEXT,
    "flags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "attention" JSONB NOT NULL DEFAULT '[]',
    "needs_attention" BOOLEAN NOT NULL DEFAULT false,
    "act_seq" INTEGER NOT NULL DEFAULT 0,
    "imported" BOOLEAN NOT NULL DEFAULT false,
    "time_offset_ms" BIGINT NOT NULL DEFAULT 0,
    "couple_index" TEXT NOT NULL,
    "receipt_number" TEXT,
    "certificate_number" TEXT,
    "sealed_application" BYTEA NOT NULL,
    "engine_started" BOOLEAN NOT NULL DEFAULT false,
    "start_input" JSONB,

    CONSTRAINT "case_record_pkey" PRIMARY KEY ("case_number")
);

-- CreateTable
CREATE TABLE "party" (
    "case_number" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "id_type" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "name_index" TEXT NOT NULL,
    "id_index" TEXT NOT NULL,
    "mobile_index" TEXT,
    "safety" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "party_pkey" PRIMARY KEY ("case_number","label")
);

-- CreateTable
CREATE TABLE "case_step" (
    "case_number" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "act_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "venue_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "from_stage" TEXT NOT NULL,
    "to_stage" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "sealed" BYTEA,

    CONSTRAINT "case_step_pkey" PRIMARY KEY ("case_number","seq")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "stream" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "prev_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("stream","seq")
);

-- CreateTable
CREATE TABLE "document" (
    "id" TEXT NOT NULL,
    "case_number" TEXT NOT NULL,
    "party" TEXT,
    "kind" TEXT NOT NULL,
    "sealed_name" BYTEA NOT NULL,
    "media_type" TEXT NOT NULL,
    "pages" INTEGER NOT NULL,
    "size" INTEGER NOT NULL,
    "object_key" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "uploaded_by" TEXT NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding" (
    "case_number" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "ref" TEXT NOT NULL DEFAULT '',
    "severity" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "document_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "finding_pkey" PRIMARY KEY ("case_number","round","code","ref")
);

-- CreateTable
CREATE TABLE "pre_check_run" (
    "case_number" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "blocks" INTEGER NOT NULL,
    "person" INTEGER NOT NULL,
    "informs" INTEGER NOT NULL,

    CONSTRAINT "pre_check_run_pkey" PRIMARY KEY ("case_number","round")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" TEXT NOT NULL,
    "case_number" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "deadline_version" INTEGER NOT NULL,
    "offset_days" INTEGER NOT NULL,
    "channels" TEXT[],
    "channel" TEXT,
    "state" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "attempted_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "provider_id" TEXT,
    "template_version" TEXT,
    "parts" INTEGER,
    "props" JSONB NOT NULL,
    "sealed_text" BYTEA,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "counselling" (
    "id" TEXT NOT NULL,
    "case_number" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "immediate" BOOLEAN NOT NULL,
    "state" TEXT NOT NULL,
    "counsellor" TEXT,
    "appointment_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "seq" INTEGER NOT NULL DEFAULT 0,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "counselling_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar_year" (
    "year" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "off" TEXT[],
    "make_up" TEXT[],
    "source" TEXT NOT NULL,
    "published_on" TEXT,
    "proposed_by" TEXT,
    "approved_by" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "calendar_year_pkey" PRIMARY KEY ("year","revision")
);

-- CreateTable
CREATE TABLE "archive_volume" (
    "case_number" TEXT NOT NULL,
    "fonds" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "room_number" INTEGER NOT NULL,
    "object_key" TEXT,
    "manifest_hash" TEXT,
    "seal" JSONB,
    "size" INTEGER,
    "sealed_at" TIMESTAMPTZ(3),
    "retain_until" TEXT,

    CONSTRAINT "archive_volume_pkey" PRIMARY KEY ("case_number")
);

-- CreateTable
CREATE TABLE "idempotent_answer" (
    "actor" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "status" INTEGER,
    "headers" JSONB,
    "sealed_body" BYTEA,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotent_answer_pkey" PRIMARY KEY ("actor","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "venue_office_code_key" ON "venue"("office_code");

-- CreateIndex
CREATE UNIQUE INDEX "case_record_receipt_number_key" ON "case_record"("receipt_number");

-- CreateIndex
CREATE UNIQUE INDEX "case_record_certificate_number_key" ON "case_record"("certificate_number");

-- CreateIndex
CREATE INDEX "case_record_realm_stage_case_number_idx" ON "case_record"("realm", "stage", "case_number");

-- CreateIndex
CREATE INDEX "case_record_realm_updated_at_case_number_idx" ON "case_record"("realm", "updated_at", "case_number");

-- CreateIndex
CREATE INDEX "case_record_venue_id_stage_idx" ON "case_record"("venue_id", "stage");

-- CreateIndex
CREATE INDEX "case_record_couple_index_idx" ON "case_record"("couple_index");

-- CreateIndex
CREATE INDEX "case_record_needs_attention_idx" ON "case_record"("needs_attention");

-- CreateIndex
CREATE INDEX "party_name_index_idx" ON "party"("name_index");

-- CreateIndex
CREATE INDEX "party_id_index_idx" ON "party"("id_index");

-- CreateIndex
CREATE INDEX "party_mobile_index_idx" ON "party"("mobile_index");

-- CreateIndex
CREATE UNIQUE INDEX "case_step_case_number_act_id_key" ON "case_step"("case_number", "act_id");

-- CreateIndex
CREATE UNIQUE INDEX "document_case_number_sha256_kind_key" ON "document"("case_number", "sha256", "kind");

-- CreateIndex
CREATE INDEX "notice_case_number_idx" ON "notice"("case_number");

-- CreateIndex
CREATE INDEX "notice_state_due_at_idx" ON "notice"("state", "due_at");

-- CreateIndex
CREATE INDEX "notice_provider_id_idx" ON "notice"("provider_id");

-- CreateIndex
CREATE INDEX "counselling_case_number_idx" ON "counselling"("case_number");

-- CreateIndex
CREATE UNIQUE INDEX "archive_volume_fonds_year_room_number_key" ON "archive_volume"("fonds", "year", "room_number");

-- CreateIndex
CREATE INDEX "idempotent_answer_at_idx" ON "idempotent_answer"("at");

-- AddForeignKey
ALTER TABLE "case_record" ADD CONSTRAINT "case_record_venue_id_fkey" FOREIGN KEY ("venue_id") REFERENCES "venue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "party" ADD CONSTRAINT "party_case_number_fkey" FOREIGN KEY ("case_number") REFERENCES "case_record"("case_number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_step" ADD CONSTRAINT "case_step_case_number_fkey" FOREIGN KEY ("case_number") REFERENCES "case_record"("case_number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document" ADD CONSTRAINT "document_case_number_fkey" FOREIGN KEY ("case_number") REFERENCES "case_record"("case_number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_case_number_fkey" FOREIGN KEY ("case_number") REFERENCES "case_record"("case_number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pre_check_run" ADD CONSTRAINT "pre_check_run_case_number_fkey" FOREIGN KEY ("case_number") REFERENCES "case_record"("case_number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_case_number_fkey" FOREIGN KEY ("case_number") REFERENCES "case_record"("case_number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "counselling" ADD CONSTRAINT "counselling_case_number_fkey" FOREIGN KEY ("case_number") REFERENCES "case_record"("case_number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "archive_volume" ADD CONSTRAINT "archive_volume_case_number_fkey" FOREIGN KEY ("case_number") REFERENCES "case_record"("case_number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- From here on written by hand: what the schema language cannot say.

-- The audit is append-only: rows are neither changed nor removed, not even by the application's own account.
-- (The semicolons of the function's body are written as \073, since the adapter that applies migrations cuts scripts
-- at every semicolon.)
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
  E'BEGIN RAISE EXCEPTION ''audit_entry is append-only'' USING ERRCODE = ''restrict_violation''\073 END\073';
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_entry_not_emptied BEFORE TRUNCATE ON "audit_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- One opening makes one case, however often it is sent.
CREATE UNIQUE INDEX "case_step_opening_key" ON "case_step"("act_id") WHERE "kind" = 'open';
-- Rows between the case and the start of its workflow are few and looked for every minute.
CREATE INDEX "case_record_not_started_idx" ON "case_record"("created_at") WHERE NOT "engine_started";
-- A year has one calendar in force, and one proposal at a time.
CREATE UNIQUE INDEX "calendar_year_in_force_key" ON "calendar_year"("year") WHERE "state" IN ('published', 'provisional');
CREATE UNIQUE INDEX "calendar_year_proposed_key" ON "calendar_year"("year") WHERE "state" = 'proposed';

ALTER TABLE "case_record"
  ADD CONSTRAINT "case_record_realm_check" CHECK ("realm" IN ('live', 'rehearsal')),
  ADD CONSTRAINT "case_record_stage_check" CHECK ("stage" IN ('draft', 'pre-check', 'correction', 'ready', 'cooling-off',
    'confirmation', 'registered', 'withdrawn', 'deemed-withdrawn', 'archived', 'rejected', 'refused', 'lapsed')),
  ADD CONSTRAINT "case_record_time_offset_check" CHECK ("time_offset_ms" >= 0 AND ("realm" = 'rehearsal' OR "time_offset_ms" = 0)),
  ADD CONSTRAINT "case_record_periods_check" CHECK ("cooling_off_last_day" < "claim_last_day" AND "received_on" < "cooling_off_last_day");
ALTER TABLE "party" ADD CONSTRAINT "party_label_check" CHECK ("label" IN ('a', 'b'));
ALTER TABLE "counter" ADD CONSTRAINT "counter_value_check" CHECK ("value" > 0);
ALTER TABLE "calendar_year"
  ADD CONSTRAINT "calendar_year_state_check" CHECK ("state" IN ('provisional', 'proposed', 'published', 'replaced')),
  ADD CONSTRAINT "calendar_year_two_people_check" CHECK ("proposed_by" IS NULL OR "approved_by" IS NULL OR "proposed_by" <> "approved_by");
