import type { Deps } from "#app/deps.ts";
import { toStorable } from "#lib/storable-text.ts";
import type { SignInMethod } from "#platform/db/generated/enums.ts";

/** Within this time, in ms, failures count. */
const windowMs = 15 * 60_000;

/** Failures within that time after which nothing more is tried. */
export const maxFailures = { ofAddress: 30, ofAccount: 15 };

/** For how long attempts are kept for people to look through, in ms. */
const keptMs = 180 * 86_400_000;

export interface Attempt {
  method: SignInMethod;
  /** As it was typed: whether somebody has it makes no difference. */
  email: string | null;
  address: string;
  userAgent: string;
}

/**
 * Begins an attempt to come in; undefined when there were too many. Each is written down before it is tried, so that those
 * that are made at the same time count as well.
 */
export async function beginAttempt({ db }: Pick<Deps, "db">, attempt: Attempt) {
  const { prisma } = db;
  const since = new Date(Date.now() - windowMs);
  const text = (value: string, max: number): string => (toStorable(value) as string).slice(0, max);
  const email = attempt.email === null ? null : text(attempt.email.trim().toLowerCase(), 320);
  const { id } = await prisma.signInEvent.create({
    data: {
      method: attempt.method,
      outcome: "PENDING",
      email,
      address: text(attempt.address, 64),
      userAgent: text(attempt.userAgent, 300),
    },
  });
  const counted = { createdAt: { gt: since }, outcome: { not: "SUCCEEDED" as const }, id: { not: id } };
  const [ofAddress, ofAccount] = await Promise.all([
    prisma.signInEvent.count({ where: { ...counted, address: attempt.address } }),
    email === null ? 0 : prisma.signInEvent.count({ where: { ...counted, email } }),
  ]);
  if (ofAddress >= maxFailures.ofAddress || ofAccount >= maxFailures.ofAccount) {
    // What is turned away is not kept: whoever goes on trying must not fill the table.
    await prisma.signInEvent.deleteMany({ where: { id } });
    return undefined;
  }
  return {
    /** It was none after all, such as a form that was filled in wrongly. */
    forget: async (): Promise<void> => {
      await prisma.signInEvent.deleteMany({ where: { id } });
    },
    /** @param userId who came in; null for nobody */
    end: async (userId: string | null): Promise<void> => {
      const outcome = userId === null ? "FAILED" : "SUCCEEDED";
      await prisma.signInEvent.updateMany({ where: { id }, data: { outcome, userId } });
      if (userId !== null) await removeOld(prisma);
    },
  };
}

/** Whenever somebody comes in: attempts that nobody looks through any more, and sessions that have run out. */
async function removeOld(prisma: Deps["db"]["prisma"]): Promise<void> {
  const now = Date.now();
  await prisma.signInEvent.deleteMany({ where: { createdAt: { lt: new Date(now - keptMs) } } });
  await prisma.session.deleteMany({ where: { expiresAt: { lt: new Date(now) } } });
}

/** For how long whoever is turned away has to wait at most, in seconds. */
export const retryAfterSecs = windowMs / 1_000;
