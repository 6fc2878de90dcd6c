-- AlterTable
ALTER TABLE "case_record" ADD COLUMN     "policy_version" TEXT,
ADD COLUMN     "resume_state" JSONB;

-- AlterTable
ALTER TABLE "notice" ADD COLUMN     "calls" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "claimed_by" TEXT,
ADD COLUMN     "claimed_until" TIMESTAMPTZ(3),
ADD COLUMN     "handled_at" TIMESTAMPTZ(3),
ADD COLUMN     "handled_by" TEXT,
ADD COLUMN     "optional" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "policy_version" TEXT,
ADD COLUMN     "sealed_note" BYTEA,
ADD COLUMN     "send_at" TIMESTAMPTZ(3),
ADD COLUMN     "template" TEXT,
ADD COLUMN     "vain_tries" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "urgency" TEXT NOT NULL DEFAULT 'routine',
ADD COLUMN     "useful_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "party" ADD COLUMN     "declines_optional" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "notice_attempt" (
    "notice_id" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "provider_id" TEXT,
    "error" TEXT,
    "receipt_at" TIMESTAMPTZ(3),
    "address_index" TEXT,
    "template_version" TEXT NOT NULL,
    "parts" INTEGER NOT NULL,
    "sealed_text" BYTEA NOT NULL,

    CONSTRAINT "notice_attempt_pkey" PRIMARY KEY ("notice_id","n")
);

-- CreateTable
CREATE TABLE "reminder_policy" (
    "version" TEXT NOT NULL,
    "district" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "loaded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reminder_policy_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "number_change" (
    "id" TEXT NOT NULL,
    "case_number" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "sealed_number" BYTEA NOT NULL,
    "state" TEXT NOT NULL,
    "notice_id" TEXT,
    "code_tries" INTEGER NOT NULL DEFAULT 0,
    "proposed_by" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "approved_by" TEXT,
    "approved_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "number_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation_run" (
    "id" TEXT NOT NULL,
    "depth" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "cases" INTEGER NOT NULL DEFAULT 0,
    "notices" INTEGER NOT NULL DEFAULT 0,
    "drifts" INTEGER NOT NULL DEFAULT 0,
    "repaired" INTEGER NOT NULL DEFAULT 0,
    "open" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,

    CONSTRAINT "reconciliation_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation_finding" (
    "run_id" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "case_number" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "repair" TEXT,
    "repaired_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "reconciliation_finding_pkey" PRIMARY KEY ("run_id","ref","code")
);

-- CreateTable
CREATE TABLE "alarm" (
    "code" TEXT NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "cleared_at" TIMESTAMPTZ(3),
    "mailed_at" TIMESTAMPTZ(3),
    "detail" JSONB NOT NULL,

    CONSTRAINT "alarm_pkey" PRIMARY KEY ("code","raised_at")
);

-- CreateTable
CREATE TABLE "recomputation" (
    "id" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "started_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "moved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "recomputation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recomputed_case" (
    "recomputation_id" TEXT NOT NULL,
    "case_number" TEXT NOT NULL,
    "change" TEXT NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "told_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3),

    CONSTRAINT "recomputed_case_pkey" PRIMARY KEY ("recomputation_id","case_number")
);

-- CreateIndex
CREATE UNIQUE INDEX "notice_attempt_provider_id_key" ON "notice_attempt"("provider_id");

-- CreateIndex
CREATE INDEX "number_change_case_number_party_idx" ON "number_change"("case_number", "party");

-- CreateIndex
CREATE INDEX "number_change_state_idx" ON "number_change"("state");

-- CreateIndex
CREATE INDEX "reconciliation_run_started_at_idx" ON "reconciliation_run"("started_at");

-- CreateIndex
CREATE INDEX "reconciliation_finding_case_number_idx" ON "reconciliation_finding"("case_number");

-- CreateIndex
CREATE INDEX "recomputed_case_recomputation_id_state_idx" ON "recomputed_case"("recomputation_id", "state");

-- CreateIndex
CREATE INDEX "notice_due_at_id_idx" ON "notice"("due_at", "id");

-- AddForeignKey
ALTER TABLE "notice_attempt" ADD CONSTRAINT "notice_attempt_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "number_change" ADD CONSTRAINT "number_change_case_number_fkey" FOREIGN KEY ("case_number") REFERENCES "case_record"("case_number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconciliation_finding" ADD CONSTRAINT "reconciliation_finding_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "reconciliation_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recomputed_case" ADD CONSTRAINT "recomputed_case_recomputation_id_fkey" FOREIGN KEY ("recomputation_id") REFERENCES "recomputation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- From here on written by hand: what the schema language cannot say.

-- Notices ordered by the release before this one: their next attempt is due now.
UPDATE "notice" SET "send_at" = now(), "channel" = coalesce("channel", "channels"[1]) WHERE "state" IN ('queued', 'sending');

-- What is to be sent next, urgent before routine ('urgent' sorts after 'routine', hence DESC).
CREATE INDEX "notice_outbox_idx" ON "notice"("channel", "urgency" DESC, "send_at") WHERE "state" IN ('queued', 'sending');
-- What a delivery had claimed and may have been killed over.
CREATE INDEX "notice_claimed_idx" ON "notice"("channel", "claimed_until") WHERE "claimed_until" IS NOT NULL;
-- Whom staff have to ring.
CREATE INDEX "notice_unwarned_idx" ON "notice"("useful_until", "id")
  WHERE "state" IN ('to-call', 'failed', 'undelivered') AND "handled_at" IS NULL;
-- Handed over, and no receipt yet.
CREATE INDEX "notice_unreceipted_idx" ON "notice"("sent_at") WHERE "state" = 'sent';
-- The due wake-ups of open cases are compared with the engine's every few minutes.
CREATE INDEX "case_record_open_idx" ON "case_record"("next_deadline") WHERE "stage" IN
  ('draft', 'pre-check', 'correction', 'ready', 'cooling-off', 'confirmation', 'registered', 'withdrawn', 'deemed-withdrawn');
-- A drift that stands is listed once.
CREATE INDEX "reconciliation_finding_open_idx" ON "reconciliation_finding"("ref", "code") WHERE "repaired_at" IS NULL;
-- An alarm is raised once until it is cleared, and a party has one changed number under way.
CREATE UNIQUE INDEX "alarm_open_key" ON "alarm"("code") WHERE "cleared_at" IS NULL;
CREATE UNIQUE INDEX "number_change_open_key" ON "number_change"("case_number", "party") WHERE "state" IN ('proposed', 'sent');

ALTER TABLE "notice"
  ADD CONSTRAINT "notice_state_check" CHECK ("state" IN ('planned', 'queued', 'sending', 'sent', 'delivered', 'undelivered',
    'to-call', 'called', 'failed', 'suppressed', 'cancelled')),
  ADD CONSTRAINT "notice_urgency_check" CHECK ("urgency" IN ('urgent', 'routine')),
  ADD CONSTRAINT "notice_send_at_check" CHECK ("state" NOT IN ('queued', 'sending') OR "send_at" IS NOT NULL);
ALTER TABLE "number_change"
  ADD CONSTRAINT "number_change_two_people_check" CHECK ("approved_by" IS NULL OR "approved_by" <> "proposed_by");
ALTER TABLE "recomputed_case"
  ADD CONSTRAINT "recomputed_case_change_check" CHECK ("change" IN ('earlier', 'later', 'settled', 'none'));
