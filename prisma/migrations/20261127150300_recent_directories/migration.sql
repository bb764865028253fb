-- Folders of the server that people took inputs from, to offer them again.

-- CreateTable
CREATE TABLE "recent_directory" (
    "user_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "use_count" INTEGER NOT NULL DEFAULT 1,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recent_directory_pkey" PRIMARY KEY ("user_id","path")
);

-- AddForeignKey
ALTER TABLE "recent_directory" ADD CONSTRAINT "recent_directory_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
