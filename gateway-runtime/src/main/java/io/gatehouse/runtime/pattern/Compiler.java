package io.gatehouse.runtime.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a tree into a program, whose length is in proportion to the tree's: a counted repeat counts
 * when it runs.
 */
final class Compiler {

  private final List<CodePoints> sets = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final boolean capturing;
  private int[] code = new int[64];
  private int length;
  private int slots;
  private int memo = Op.ALWAYS_MEMO;
  private boolean memoHolds = true;
  private boolean inside;

  private Compiler(int slots, boolean capturing) {
    this.slots = slots;
    this.capturing = capturing;
  }

  /** A program that says what each group has captured. */
  static Program capturing(PatternParser.Parsed parsed) {
    return compile(parsed, true);
  }

  /** A program that only says where a match begins and ends, and is the faster for it. */
  static Program plain(PatternParser.Parsed parsed) {
    return compile(parsed, parsed.references());
  }

  private static Program compile(PatternParser.Parsed parsed, boolean capturing) {
    var groups = capturing ? parsed.groups() + 1 : 1;
    var compiler = new Compiler(2 * groups, capturing);
    compiler.node(parsed.root());
    compiler.emit(Op.MATCH);
    return new Program(
        Arrays.copyOf(compiler.code, compiler.length),
        compiler.sets.toArray(CodePoints[]::new),
        compiler.texts.toArray(String[]::new),
        groups,
        compiler.slots,
        compiler.memoHolds,
        parsed.supplementary(),
        Beginning.first(parsed.root()),
        Beginning.isAnchored(parsed.root()));
  }

  private void node(Node node) {
    switch (node) {
      case Node.OneOf one -> oneOf(one.set());
      case Node.Sequence sequence -> sequence(sequence.parts());
      case Node.Alternation alternation -> alternation(alternation);
      case Node.Group group -> group(group);
      case Node.Repeat repeat -> repeat(repeat);
      case Node.Atomic atomic -> atomic(atomic);
      case Node.Ahead ahead -> ahead(ahead);
      case Node.Behind behind -> behind(behind);
      case Node.At at -> emit(Op.AT, at.boundary().ordinal());
      case Node.LineEnding ending -> lineEnding();
      case Node.BackReference reference -> reference(reference);
    }
  }

  private void oneOf(CodePoints set) {
    if (isPlain(set)) {
      emit(Op.CHAR, set.only());
    } else {
      emit(Op.SET, number(set));
    }
  }

  private static boolean isPlain(CodePoints set) {
    return set.only() >= 0 && set.basic();
  }

  private void sequence(List<Node> parts) {
    for (int i = 0; i < parts.size(); ) {
      var text = new StringBuilder();
      var end = i;
      while (end < parts.size() && parts.get(end) instanceof Node.OneOf(var set) && isPlain(set)) {
        text.append((char) set.only());
        end++;
      }
      if (text.length() > 1) {
        emit(Op.TEXT, texts.size());
        texts.add(text.toString());
        i = end;
      } else {
        node(parts.get(i++));
      }
    }
  }

  private void alternation(Node.Alternation alternation) {
    var set = asSet(alternation);
    if (set != null) {
      oneOf(set);
    } else {
      branches(alternation.branches());
    }
  }

  /** {@code (?:\n|.)} is one of a set, too; null for what is not. */
  private CodePoints asSet(Node node) {
    return switch (node) {
      case Node.OneOf one -> one.set();
      case Node.Group group -> isTransparent(group) ? asSet(group.body()) : null;
      case Node.Alternation alternation -> {
        var all = new ArrayList<CodePoints>();
        for (var branch : alternation.branches()) {
          var set = asSet(branch);
          if (set == null) {
            yield null;
          }
          all.add(set);
        }
        yield CodePoints.union(all);
      }
      default -> null;
    };
  }

  private boolean isTransparent(Node.Group group) {
    return group.number() == 0 || !capturing;
  }

  private void branches(List<Node> branches) {
    var ends = new ArrayList<Integer>();
    for (var branch : branches.subList(0, branches.size() - 1)) {
      var split = emit(Op.SPLIT, 0, memo);
      node(branch);
      ends.add(emit(Op.JUMP, 0));
      code[split + 1] = length;
    }
    node(branches.getLast());
    ends.forEach(end -> code[end + 1] = length);
  }

  private void group(Node.Group group) {
    if (isTransparent(group)) {
      node(group.body());
      return;
    }
    memoHolds &= !inside;
    var slot = newSlots(1);
    emit(Op.OPEN, slot);
    node(group.body());
    emit(Op.CLOSE, slot, group.number());
  }

  private void repeat(Node.Repeat repeat) {
    var set = asSet(repeat.body());
    if (set != null) {
      emit(Op.RUN, number(set), repeat.min(), repeat.max(), repeat.greed().ordinal(), memo);
    } else if (repeat.max() == 0) {
      // Nothing to do, but its groups keep their numbers.
      return;
    } else if (repeat.greed() == Node.Greed.POSSESSIVE) {
      loop(repeat);
    } else if (repeat.max() == 1) {
      optional(repeat);
    } else if (repeat.max() == Node.NO_END
        && repeat.min() <= 1
        && Width.of(repeat.body()).min() > 0) {
      plainLoop(repeat);
    } else {
      loop(repeat);
    }
  }

  private void optional(Node.Repeat repeat) {
    if (repeat.min() == 1) {
      node(repeat.body());
      return;
    }
    if (repeat.greed() == Node.Greed.GREEDY) {
      var split = emit(Op.SPLIT, 0, memo);
      node(repeat.body());
      code[split + 1] = length;
      return;
    }
    var split = emit(Op.SPLIT, 0, memo);
    var jump = emit(Op.JUMP, 0);
    code[split + 1] = length;
    node(repeat.body());
    code[jump + 1] = length;
  }

  /** Each iteration takes something and none is counted: nothing to remember. */
  private void plainLoop(Node.Repeat repeat) {
    var greedy = repeat.greed() == Node.Greed.GREEDY;
    if (repeat.min() == 1) {
      var body = length;
      node(repeat.body());
      if (greedy) {
        var split = emit(Op.SPLIT, 0, memo);
        emit(Op.JUMP, body);
        code[split + 1] = length;
      } else {
        emit(Op.SPLIT, body, memo);
      }
      return;
    }
    var split = emit(Op.SPLIT, 0, memo);
    var exit = greedy ? -1 : emit(Op.JUMP, 0);
    if (!greedy) {
      code[split + 1] = length;
    }
    node(repeat.body());
    emit(Op.JUMP, split);
    code[(greedy ? split : exit) + 1] = length;
  }

  private void loop(Node.Repeat repeat) {
    var possessive = repeat.greed() == Node.Greed.POSSESSIVE;
    var uncounted = repeat.min() <= 1 && repeat.max() == Node.NO_END;
    var slot = newSlots(3);
    var before = memo;
    var outer = inside;
    emit(Op.LOOP_INIT, slot);
    var loop =
        emit(
            Op.LOOP,
            slot,
            repeat.min(),
            repeat.max(),
            repeat.greed().ordinal(),
            0,
            uncounted && !possessive && before != Op.NO_MEMO ? slot : Op.NO_MEMO,
            emptyFails(repeat) ? 1 : 0,
            slot + 2);
    inside |= possessive;
    memo = !uncounted || possessive || before == Op.NO_MEMO ? Op.NO_MEMO : slot;
    emit(Op.ITERATE, slot);
    node(repeat.body());
    memo = before;
    inside = outer;
    if (possessive) {
      emit(Op.CUT, slot + 2);
    }
    emit(Op.JUMP, loop);
    code[loop + 5] = length;
  }

  /**
   * As in java.util.regex, some things are not entered in vain, which shows in what they capture.
   */
  private static boolean emptyFails(Node.Repeat repeat) {
    if (repeat.min() > 0 || repeat.greed() == Node.Greed.POSSESSIVE) {
      return false;
    }
    return repeat.body() instanceof Node.Group group
        ? Width.of(group).fixed()
        : repeat.greed() == Node.Greed.RELUCTANT;
  }

  private void atomic(Node.Atomic atomic) {
    var mark = newSlots(1);
    emit(Op.MARK, mark);
    inside(atomic.body());
    emit(Op.CUT, mark);
  }

  private void ahead(Node.Ahead ahead) {
    var mark = newSlots(2);
    if (!ahead.negative()) {
      emit(Op.AHEAD, mark);
      inside(ahead.body());
      emit(Op.AHEAD_END, mark);
      return;
    }
    var begin = emit(Op.NOT_AHEAD, mark, 0);
    inside(ahead.body());
    emit(Op.CUT_AND_FAIL, mark);
    code[begin + 2] = length;
  }

  private void behind(Node.Behind behind) {
    var mark = newSlots(2);
    var begin =
        emit(Op.BEHIND, mark, behind.min(), behind.max(), behind.byCodePoints() ? 1 : 0, -1);
    inside(behind.body());
    emit(Op.BACK_AT, mark + 1);
    if (behind.negative()) {
      emit(Op.CUT_AND_FAIL, mark);
      code[begin + 5] = length;
    } else {
      emit(Op.CUT, mark);
    }
  }

  /** What matches here may be taken back without all that led to it being wrong: no memo. */
  private void inside(Node body) {
    var before = memo;
    var outer = inside;
    memo = Op.NO_MEMO;
    inside = true;
    node(body);
    memo = before;
    inside = outer;
  }

  private void lineEnding() {
    var split = emit(Op.SPLIT, 0, memo);
    emit(Op.TEXT, texts.size());
    texts.add("\r\n");
    var jump = emit(Op.JUMP, 0);
    code[split + 1] = length;
    emit(Op.SET, number(Properties.shorthand('v', false)));
    code[jump + 1] = length;
  }

  private void reference(Node.BackReference reference) {
    memoHolds = false;
    emit(
        Op.REFERENCE,
        reference.group(),
        reference.ignoreCase() ? 1 : 0,
        reference.unicodeCase() ? 1 : 0);
  }

  private int number(CodePoints set) {
    sets.add(set);
    return sets.size() - 1;
  }

  private int newSlots(int count) {
    slots += count;
    return slots - count;
  }

  /** Returns where the instruction stands. */
  private int emit(int... instruction) {
    var at = length;
    if (length + instruction.length > code.length) {
      code = Arrays.copyOf(code, 2 * code.length);
    }
    System.arraycopy(instruction, 0, code, length, instruction.length);
    length += instruction.length;
    return at;
  }
}
