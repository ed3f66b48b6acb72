/** Whether 03/04/2026 is 3 April or 4 March: decided from whole columns, asked about where they leave it open. */
import { Temporal } from 'temporal-polyfill';
import { decideDateOrder, readMoment } from './dates.js';
import type { Field, TablePlan } from './records.js';

const DATES = new Set<Field>(['birthday', 'connectedOn', 'scanAt', 'checkedIn']);
/** Values of a column after which nothing open is expected any more. */
const ENOUGH = 50;

/** The columns (from 0) whose values decide how dates are read. */
export function dateColumns(plan: Pick<TablePlan, 'columns'>): number[] {
  return Object.entries(plan.columns)
    .filter(([, field]) => DATES.has(field))
    .map(([index]) => Number(index));
}

interface Seen {
  count: number;
  monthFirst: boolean;
  dayFirst: boolean;
  /** A value that could be two dates. */
  open: string | null;
}

/** Looks through the rows of a table, one by one, and puts what they tell of their dates into the plan. */
export class DateOrders {
  private readonly columns = new Map<number, Seen>();

  constructor(private readonly plan: TablePlan) {
    if (plan.datesSaid === true) return;
    for (const index of dateColumns(plan)) {
      this.columns.set(index, { count: 0, monthFirst: false, dayFirst: false, open: null });
    }
  }

  add(cells: readonly string[]): void {
    for (const [index, seen] of this.columns) {
      const value = cells[index];
      if (value === undefined || value === '' || value.length > 60) continue;
      seen.count += 1;
      const order = decideDateOrder([value]);
      if (order === true) seen.monthFirst = true;
      else if (order === false) seen.dayFirst = true;
      else if (seen.open === null && isOpen(value)) seen.open = value.trim();
    }
  }

  /** Whether reading on can change nothing, or is not expected to: every date so far can be read in one way only. */
  get isSettled(): boolean {
    return [...this.columns.values()].every(
      ({ count, monthFirst, dayFirst, open }) =>
        (monthFirst && dayFirst) || (count >= ENOUGH && open === null && !monthFirst && !dayFirst),
    );
  }

  /** The plan with its dates decided. One order for the table; where columns contradict each other, one for each. */
  end(): TablePlan {
    if (this.columns.size === 0) return this.plan;
    const decided = new Map<number, boolean | null | 'both'>();
    for (const [index, { monthFirst, dayFirst }] of this.columns) {
      decided.set(index, monthFirst && dayFirst ? 'both' : monthFirst ? true : dayFirst ? false : null);
    }
    const orders = new Set([...decided.values()].filter((order) => order !== null));
    const plan = { ...this.plan };
    delete plan.monthFirstOf;
    const [only] = orders;
    const asks = [...(plan.asks ?? [])];
    if (orders.size <= 1 && only !== 'both') {
      const monthFirst = only ?? null;
      if (monthFirst === null) asks.push(...this.questions(() => true));
      return withAsks({ ...plan, monthFirst }, asks);
    }
    const monthFirstOf: Record<number, boolean | null> = {};
    for (const [index, order] of decided) monthFirstOf[index] = order === 'both' ? null : order;
    asks.push(...this.questions((index) => monthFirstOf[index] === null));
    return withAsks({ ...plan, monthFirst: null, monthFirstOf }, asks);
  }

  private questions(isUndecided: (index: number) => boolean): string[] {
    return [...this.columns].flatMap(([index, { open }]) => {
      if (open === null || !isUndecided(index)) return [];
      const column = this.plan.header[index] || `column ${index + 1}`;
      return [
        `${open} in "${column}" may be ${spoken(open, false)} or ${spoken(open, true)}; such dates are left out: say --dates day-first or --dates month-first`,
      ];
    });
  }
}

function withAsks(plan: TablePlan, asks: string[]): TablePlan {
  return asks.length === 0 ? plan : { ...plan, asks };
}

const isOpen = (value: string): boolean =>
  readMoment(value, null) === null && readMoment(value, true) !== null;

function spoken(value: string, monthFirst: boolean): string {
  const date = readMoment(value, monthFirst)?.slice(0, 10);
  if (date === undefined) return 'another day';
  return Temporal.PlainDate.from(date).toLocaleString('en-GB', { day: 'numeric', month: 'long' });
}

/** What the owner is to be asked about a table's dates; `rows` are its people, best of all the whole table. */
export function asksOf(plan: TablePlan, rows: readonly string[][]): string[] {
  const orders = new DateOrders({ ...plan, asks: [] });
  for (const row of rows) orders.add(row);
  return orders.end().asks ?? [];
}

/** How dates of one column are read. */
export function monthFirstIn(plan: TablePlan, index: number): boolean | null {
  const own = plan.monthFirstOf?.[index];
  return own === undefined ? plan.monthFirst : own;
}
