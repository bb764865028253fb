-- CreateTable
CREATE TABLE "llm_answer" (
    "key" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "llm_answer_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "llm_answer_used_at_idx" ON "llm_answer"("used_at");
