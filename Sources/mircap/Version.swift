/// The version of this program, as reports and `--version` give it.
let mircapVersion = "0.1.0"
