"""Given names and surnames, of the many heritages of England and Wales, to be drawn and joined by chance."""

GIVEN_NAMES = (
    "Aaliyah", "Abigail", "Adaeze", "Adam", "Agnieszka", "Aled", "Alfie", "Amara", "Amelia", "Andrei", "Anjali",
    "Anwen", "Arjun", "Asif", "Ayesha", "Bartosz", "Benedict", "Bethan", "Bilal", "Callum", "Carys", "Chidi",
    "Chloe", "Ciaran", "Claudia", "Cristina", "Daniel", "Deepika", "Denise", "Dilys", "Ebony", "Efua", "Elena",
    "Emeka", "Esme", "Farah", "Femi", "Fiona", "Gareth", "Geraldine", "Grace", "Gurpreet", "Hamza", "Hannah",
    "Harjit", "Hassan", "Ikram", "Imogen", "Ioan", "Isaac", "Jacek", "Jamila", "Jasmine", "Joanna", "Joyce",
    "Kamal", "Karolina", "Keziah", "Kofi", "Kwame", "Laura", "Leila", "Lewis", "Linh", "Louise", "Magda", "Malik",
    "Marcus", "Maryam", "Mei", "Meera", "Megan", "Mihai", "Mohammed", "Nadia", "Naomi", "Neha", "Niamh", "Nikhil",
    "Olivia", "Oluwaseun", "Omar", "Owen", "Patrick", "Paulina", "Priya", "Rachel", "Rafael", "Rashid", "Rhian",
    "Rosalind", "Ruth", "Sadia", "Samuel", "Sean", "Shanice", "Simran", "Siobhan", "Sunita", "Tariq", "Tendai",
    "Teresa", "Tomasz", "Usman", "Vikram", "Wei", "Winston", "Yusuf", "Zainab", "Zofia",
)  # fmt: skip

SURNAMES = (
    "Adeyemi", "Ahmed", "Akhtar", "Ali", "Allen", "Amoah", "Appleby", "Asante", "Atkins", "Bailey", "Banerjee",
    "Begum", "Bennett", "Bhatt", "Blackwood", "Boateng", "Brennan", "Campbell", "Chandra", "Chaudhry", "Chen",
    "Clarke", "Coleman", "Cooper", "Costa", "Dhillon", "Dlamini", "Dobson", "Edwards", "Ellis", "Eze", "Farooq",
    "Fernandes", "Fletcher", "Gallagher", "Ghosh", "Gill", "Goodwin", "Grant", "Griffiths", "Gupta", "Hartley",
    "Hassan", "Hill", "Hughes", "Hussain", "Ibrahim", "Ionescu", "Iqbal", "Jackson", "Jankowski", "Jenkins",
    "Joseph", "Kamara", "Kapoor", "Kaur", "Kelly", "Khan", "Kowalska", "Lam", "Lewandowska", "Lloyd", "Mahmood",
    "Malik", "Marsh", "Mensah", "Mistry", "Morgan", "Moyo", "Murphy", "Naylor", "Nguyen", "Novak", "Nwosu",
    "O'Brien", "Okafor", "Osei", "Owens", "Palmer", "Parry", "Patel", "Pereira", "Pham", "Popescu", "Powell",
    "Pritchard", "Qureshi", "Rahman", "Reid", "Richards", "Roberts", "Saleh", "Sandhu", "Shah", "Sharma", "Singh",
    "Skinner", "Stanley", "Tembo", "Thapa", "Thompson", "Turner", "Uddin", "Vaughan", "Walker", "Watkins",
    "Whitfield", "Wong", "Wright", "Yeboah", "Zielinski",
)  # fmt: skip
