/**
 * What is known about one request being served, and the types its steps talk in. Of our packages it
 * knows only the budget and what templates override, and no type of the door's. On this path, and
 * only here, null stands for "not there": an Optional for each header would cost more than the
 * look-up.
 */
package io.gatehouse.runtime.exchange;
