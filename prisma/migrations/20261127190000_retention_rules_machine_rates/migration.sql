-- CreateTable
CREATE TABLE "retention_rule" (
    "kind" "AssetKind" NOT NULL,
    "keep_days" INTEGER,
    "changed_by_id" UUID,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "retention_rule_pkey" PRIMARY KEY ("kind")
);

-- CreateIndex
CREATE INDEX "retention_rule_changed_by_id_idx" ON "retention_rule"("changed_by_id");

-- AddForeignKey
ALTER TABLE "retention_rule" ADD CONSTRAINT "retention_rule_changed_by_id_fkey" FOREIGN KEY ("changed_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What machines failed at lately, beside run_succeeded_idx.
CREATE INDEX "run_failed_idx" ON "run"("finished_at") WHERE "status" = 'FAILED';
