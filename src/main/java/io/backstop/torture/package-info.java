/**
 * {@code backstop torture}: three processors are killed, frozen and cut off under load, and what
 * came of every request is checked afterwards. Start reading at {@link
 * io.backstop.torture.TortureRun}; {@link io.backstop.torture.Checker} says what must hold.
 */
package io.backstop.torture;
