/** What can be asked of the program from a shell. Not loaded by a plain {@code serve}. */
package customerservice.app.command;
