import type { Application } from '../../domain/application/application.ts';
import { blockingProblems, checkApplication } from '../../domain/application/validate-application.ts';
import type { PlainDate } from '../../domain/plain-date.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { invalidFields } from '../problems/problem.ts';

/** @throws Problem 422 naming everything that stops the application */
export function requireLawfulApplication(
  deps: ApiDependencies,
  application: Application,
  today: PlainDate,
): void {
  const problems = blockingProblems(
    checkApplication(application, today, { allowTestNumbers: deps.settings.demo }),
  );
  if (problems.length > 0) throw invalidFields(problems);
}
