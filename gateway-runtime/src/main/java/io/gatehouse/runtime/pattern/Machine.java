package io.gatehouse.runtime.pattern;

import io.gatehouse.runtime.budget.Budget;

/** A program being run over one text. Every instruction costs a step. */
final class Machine {

  /** Ways gone back on in a search before failures are noted: most searches need no notes. */
  private static final int PATIENCE = 500;

  private static final Node.Greed[] GREEDS = Node.Greed.values();
  private static final Boundary[] BOUNDARIES = Boundary.values();

  private final Program program;
  private final int[] code;
  private final PaidText paid;
  private final String text;
  private final int end;
  private final Budget budget;
  private final Slots slots;
  private final Backtracks backtracks = new Backtracks();
  private FailedStates failed;
  private boolean whole;
  private int backs;
  private int previousEnd;
  private int covered;
  private int pc;
  private int pos;

  Machine(Program program, PaidText paid, Budget budget) {
    this.program = program;
    this.code = program.code();
    this.paid = paid;
    this.text = paid.text();
    this.end = paid.end();
    this.budget = budget;
    this.slots = new Slots(program.slots(), backtracks, budget);
  }

  /** Whether a match begins at a place; {@code whole} if it must end where the text does. */
  boolean attempt(int start, boolean whole) {
    this.whole = whole;
    covered = start;
    budget.spend(1);
    slots.clear();
    backtracks.cutTo(0);
    pc = 0;
    pos = start;
    if (!run()) {
      return false;
    }
    slots.put(0, start);
    slots.put(1, pos);
    return true;
  }

  /** Another search begins, after a match that ended at a place. */
  void begin(int previousEnd) {
    this.previousEnd = previousEnd;
    failed = null;
    backs = 0;
  }

  /**
   * The last place at which a match cannot begin, the attempt having failed: a pattern that begins
   * with a run without end would come by the same places again.
   */
  int covered() {
    return covered;
  }

  /** Where the match, or a group of it, begins or ends; -1 if the group took no part. */
  int slot(int number) {
    return slots.get(number);
  }

  private boolean run() {
    for (; ; ) {
      budget.spend(1);
      if (code[pc] == Op.MATCH && (!whole || pos == end)) {
        return true;
      }
      if (!step() && !back()) {
        return false;
      }
    }
  }

  /** False if this way leads nowhere. */
  private boolean step() {
    return switch (code[pc]) {
      case Op.CHAR -> character();
      case Op.SET -> set();
      case Op.TEXT -> literal();
      case Op.RUN -> runOf();
      case Op.AT -> {
        var boundary = BOUNDARIES[code[pc + 1]];
        pc += 2;
        yield boundary.at(text, pos, previousEnd, budget);
      }
      case Op.SPLIT -> split();
      case Op.JUMP -> jump(code[pc + 1]);
      case Op.OPEN -> open();
      case Op.CLOSE -> close();
      case Op.LOOP_INIT -> loopInit();
      case Op.LOOP -> loop();
      case Op.ITERATE -> iterate();
      case Op.REFERENCE -> reference();
      case Op.MATCH -> false;
      default -> stepAside();
    };
  }

  /** The instructions that match something on the side and drop the other ways to do so. */
  private boolean stepAside() {
    var slot = code[pc + 1];
    switch (code[pc]) {
      case Op.MARK -> {
        slots.put(slot, backtracks.height());
        pc += 2;
      }
      case Op.AHEAD -> {
        slots.put(slot, backtracks.height());
        slots.put(slot + 1, pos);
        pc += 2;
      }
      case Op.NOT_AHEAD -> {
        slots.put(slot, backtracks.height());
        push(Backtracks.CHOICE, code[pc + 2], pos, 0);
        pc += 3;
      }
      case Op.CUT -> {
        backtracks.cutTo(slots.get(slot));
        pc += 2;
      }
      case Op.AHEAD_END -> {
        backtracks.cutTo(slots.get(slot));
        pos = slots.get(slot + 1);
        pc += 2;
      }
      case Op.CUT_AND_FAIL -> {
        backtracks.cutTo(slots.get(slot));
        return false;
      }
      case Op.BACK_AT -> {
        pc += 2;
        return pos == slots.get(slot);
      }
      case Op.BEHIND -> {
        return behind(slot);
      }
      default -> throw new IllegalStateException("no instruction " + code[pc]);
    }
    return true;
  }

  private boolean jump(int to) {
    pc = to;
    return true;
  }

  private boolean character() {
    if (pos == end || text.charAt(pos) != code[pc + 1]) {
      return false;
    }
    pos++;
    pc += 2;
    return true;
  }

  private boolean set() {
    return go(paid.after(set(pc), pos), 2);
  }

  private boolean literal() {
    return go(paid.afterLiteral(program.texts()[code[pc + 1]], pos), 2);
  }

  /** On to a place, past an instruction; false if there is no such place. */
  private boolean go(int to, int length) {
    if (to < 0) {
      return false;
    }
    pos = to;
    pc += length;
    return true;
  }

  private CodePoints set(int instruction) {
    return program.sets()[code[instruction + 1]];
  }

  private boolean runOf() {
    if (isFailed(code[pc + 5])) {
      return false;
    }
    var min = code[pc + 2];
    var max = code[pc + 3];
    var greed = GREEDS[code[pc + 4]];
    var least = paid.afterAll(set(pc), pos, min);
    if (least < 0) {
      return false;
    }
    switch (greed) {
      case RELUCTANT -> {
        if (max > min) {
          push(Backtracks.TAKE_MORE, pc, least, min);
        }
        pos = least;
      }
      case GREEDY, POSSESSIVE -> {
        pos = paid.afterMost(set(pc), least, max - min);
        cover(pc, pos);
        if (greed == Node.Greed.GREEDY && pos > least) {
          push(Backtracks.GIVE_BACK, pc + Op.RUN_LENGTH, pos, least);
        }
      }
    }
    pc += Op.RUN_LENGTH;
    return true;
  }

  private boolean split() {
    if (isFailed(code[pc + 2])) {
      return false;
    }
    push(Backtracks.CHOICE, code[pc + 1], pos, 0);
    pc += 3;
    return true;
  }

  private boolean open() {
    slots.assign(code[pc + 1], pos);
    pc += 2;
    return true;
  }

  private boolean close() {
    slots.assignTwo(2 * code[pc + 2], slots.get(code[pc + 1]), pos);
    pc += 3;
    return true;
  }

  private boolean loopInit() {
    slots.assignTwo(code[pc + 1], -1, 0);
    pc += 2;
    return true;
  }

  private boolean loop() {
    var slot = code[pc + 1];
    var count = slots.get(slot + 1);
    var body = pc + Op.LOOP_LENGTH;
    var exit = code[pc + 5];
    if (count > 0 && slots.get(slot) == pos) {
      pc = exit;
      return code[body - 2] == 0;
    }
    if (count > 0 && isFailed(code[pc + 6])) {
      return false;
    }
    var greed = GREEDS[code[pc + 4]];
    if (greed == Node.Greed.POSSESSIVE) {
      slots.put(code[pc + 8], backtracks.height());
    }
    if (count < code[pc + 2]) {
      pc = body;
    } else if (count >= code[pc + 3]) {
      pc = exit;
    } else if (greed == Node.Greed.RELUCTANT) {
      push(Backtracks.CHOICE, body, pos, 0);
      pc = exit;
    } else {
      push(Backtracks.CHOICE, exit, pos, 0);
      pc = body;
    }
    return true;
  }

  private boolean iterate() {
    var slot = code[pc + 1];
    // Whether it is the 2,147,483,647th iteration or a later one makes no difference to an end.
    slots.assignTwo(slot, pos, Math.min(slots.get(slot + 1), Integer.MAX_VALUE - 1) + 1);
    pc += 2;
    return true;
  }

  private boolean behind(int slot) {
    slots.put(slot, backtracks.height());
    slots.put(slot + 1, pos);
    if (code[pc + 5] >= 0) {
      push(Backtracks.CHOICE, code[pc + 5], pos, 0);
    }
    var at = pos;
    var min = code[pc + 2];
    for (int i = 0; i < min && at >= 0; i++) {
      budget.spend(1);
      at = before(at, pc);
    }
    return at >= 0 && lookFrom(pc, at, code[pc + 3] - min);
  }

  private boolean lookFrom(int behind, int at, int more) {
    if (more > 0 && at > 0) {
      push(Backtracks.FURTHER_BEHIND, behind, at, more);
    }
    pos = at;
    pc = behind + Op.BEHIND_LENGTH;
    return true;
  }

  /** One character, or code point, further back; -1 before the text. */
  private int before(int at, int behind) {
    if (at == 0) {
      return -1;
    }
    return code[behind + 4] == 1 ? paid.before(at, 0) : at - 1;
  }

  private boolean reference() {
    var group = code[pc + 1];
    if (group >= program.groups() || slots.get(2 * group) < 0) {
      return false;
    }
    var ignoreCase = code[pc + 2] == 1;
    var unicodeCase = code[pc + 3] == 1;
    return go(
        paid.afterSame(
            slots.get(2 * group), slots.get(2 * group + 1), pos, ignoreCase, unicodeCase),
        4);
  }

  /** Whether this way was gone before; notes that it is gone now. */
  private boolean isFailed(int memo) {
    if (failed == null || memo == Op.NO_MEMO) {
      return false;
    }
    // An iteration that has taken nothing yet may end differently from one that has.
    return (memo == Op.ALWAYS_MEMO || slots.get(memo) < pos) && !failed.add(pc, pos);
  }

  /** Goes back to the last way not yet tried; false if there is none. */
  private boolean back() {
    if (++backs == PATIENCE && program.memo()) {
      failed = new FailedStates();
    }
    while (!backtracks.isEmpty()) {
      if (undo(backtracks.pop())) {
        return true;
      }
    }
    return false;
  }

  /** True if there is a way to go on. */
  private boolean undo(int kind) {
    var first = backtracks.first();
    var second = backtracks.second();
    var third = backtracks.third();
    switch (kind) {
      case Backtracks.RESTORE -> {
        slots.put(first, second);
        return false;
      }
      case Backtracks.RESTORE_TWO -> {
        slots.put(first, second);
        slots.put(first + 1, third);
        return false;
      }
      case Backtracks.CHOICE -> {
        pc = first;
        pos = second;
        return true;
      }
      case Backtracks.GIVE_BACK -> {
        return giveBack(first, second, third);
      }
      case Backtracks.TAKE_MORE -> {
        return takeMore(first, second, third);
      }
      default -> {
        return lookFrom(first, before(second, first), third - 1);
      }
    }
  }

  private boolean giveBack(int next, int from, int least) {
    pos = paid.before(from, least);
    var wanted = beginning(next);
    while (wanted >= 0 && pos > least && text.charAt(pos) != wanted) {
      budget.spend(1);
      pos = paid.before(pos, least);
    }
    pc = next;
    if (pos > least) {
      push(Backtracks.GIVE_BACK, next, pos, least);
    }
    return true;
  }

  /** The only character an instruction can begin with; -1 if it is not that simple. */
  private int beginning(int instruction) {
    return switch (code[instruction]) {
      case Op.CHAR -> code[instruction + 1];
      case Op.TEXT -> program.texts()[code[instruction + 1]].charAt(0);
      default -> -1;
    };
  }

  private boolean takeMore(int run, int from, int count) {
    budget.spend(1);
    var at = paid.after(set(run), from);
    if (at < 0) {
      return false;
    }
    if (count + 1 < code[run + 3]) {
      push(Backtracks.TAKE_MORE, run, at, count + 1);
    }
    pos = at;
    cover(run, at);
    pc = run + Op.RUN_LENGTH;
    return true;
  }

  private void cover(int run, int to) {
    if (run == 0 && code[3] == Node.NO_END && program.memo()) {
      covered = to;
    }
  }

  private void push(int kind, int first, int second, int third) {
    backtracks.push(kind, first, second, third, budget);
  }
}
